package io.tollgate.examples.impact.chapter;

import io.tollgate.api.series.Status;
import io.tollgate.examples.impact.data.PublishedLicences;
import io.tollgate.examples.impact.data.PublishedLicences.Figure;
import io.tollgate.examples.impact.data.PublishedLicences.Observation;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.source.Quarter;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Licence counts as published by several authorities, and approved shares with their denominators. */
public record PublishedChapter(PublishedLicences licences) implements Chapter {
    private static final String ID = "published-licences";

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final Observation observation : licences.observations()) {
            rows.add(row(inquiry, observation));
        }
        final Table table = new Table(
                "Approval rates by denominator",
                List.of(
                        Column.text("Authority, licence, for"),
                        Column.text("Period"),
                        Column.text("As of"),
                        Column.number("Issued"),
                        Column.number("Refused"),
                        Column.number("% of decided"),
                        Column.number("% of received"),
                        Column.text("Src")),
                rows,
                "Decided: issued / (issued + refused). Received: issued / received; EMPTY if the denominator was"
                        + " not published. As of: the day of publication, from which the engine knows the figure."
                        + " metrics.csv also has the rate of the closed cases, issued / (issued + refused +"
                        + " returned or"
                        + " revoked).");
        return new Section(
                ID,
                "Licence counts as published",
                "The same authority can have a high or a low approval rate, depending on whether pending cases are"
                        + " counted. The denominator is named with each rate.",
                List.of(table),
                List.of());
    }

    private Row row(final Inquiry inquiry, final Observation observation) {
        final OptionalLong received = observation.read(Figure.RECEIVED, inquiry.answers());
        final OptionalLong issued = observation.read(Figure.ISSUED, inquiry.answers());
        final OptionalLong refused = observation.read(Figure.REFUSED, inquiry.answers());
        final OptionalLong returned = observation.read(Figure.RETURNED, inquiry.answers());
        final Amount ofDecided = share(issued, issued, refused);
        final Amount ofReceived = share(issued, received);
        add(inquiry, observation, "issued", count(issued));
        add(inquiry, observation, "refused", count(refused));
        add(inquiry, observation, "approval-rate-of-DECIDED", ofDecided);
        add(inquiry, observation, "approval-rate-of-CLOSED", share(issued, issued, refused, returned));
        add(inquiry, observation, "approval-rate-of-RECEIVED", ofReceived);
        return new Row(
                List.of(
                        observation.authority() + " " + observation.licenceType() + ", "
                                + observation.destination().replace('-', ' '),
                        period(observation),
                        observation.asOf().toString(),
                        count(issued).fixed(0),
                        count(refused).fixed(0),
                        ofDecided.percent(2),
                        ofReceived.percent(2),
                        inquiry.sources().cite(observation.source())),
                observation.source().verification().isVerified());
    }

    /** Formats a year or quarter by its name, and any other period by its days. */
    private static String period(final Observation observation) {
        final LocalDate from = observation.from();
        if (observation.isYear() && from.getDayOfYear() == 1) {
            return Integer.toString(from.getYear());
        }
        return observation.isQuarter() ? Quarter.of(from).toString() : from + " to " + observation.to();
    }

    private static Amount count(final OptionalLong count) {
        return count.isPresent()
                ? Amount.of(count.getAsLong(), "COUNT")
                : new Amount(Double.NaN, Status.EMPTY, "COUNT");
    }

    /** Returns a share of the sum of several figures, EMPTY if one of them was not published. */
    private static Amount share(final OptionalLong part, final OptionalLong... whole) {
        long sum = 0;
        for (final OptionalLong figure : whole) {
            if (figure.isEmpty()) {
                return Amount.ratio(part.orElse(0), 0);
            }
            sum = Math.addExact(sum, figure.getAsLong());
        }
        return Amount.ratio(part.orElse(0), sum);
    }

    private static void add(
            final Inquiry inquiry, final Observation observation, final String metric, final Amount amount) {
        inquiry.findings().add(observation.row(ID, metric, amount));
    }
}
