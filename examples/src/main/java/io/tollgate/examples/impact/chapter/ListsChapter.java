package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.examples.impact.data.Section301;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The US duties under section 301, list by list. */
public record ListsChapter(Section301 section301) implements Chapter {
    private static final String ID = "section-301";
    private static final long FROM_NS = Zone.NEW_YORK.startOf(LocalDate.of(2018, 4, 1));
    private static final long TO_NS = Zone.NEW_YORK.startOf(LocalDate.of(2020, 6, 15));

    @Override
    public Section write(final Inquiry inquiry) {
        return new Section(
                ID,
                "Section 301 by list",
                "The duties of the first trade war apply in addition to everything above: four lists of products,"
                        + " of which one was raised and one cut. A fifth, 4B, was announced and never took effect.",
                List.of(levels(inquiry)),
                List.of(chart(inquiry)));
    }

    private Table levels(final Inquiry inquiry) {
        final List<Column> columns = new ArrayList<>(List.of(Column.text("In force from")));
        section301.lists().forEach(list -> columns.add(Column.number("List " + list.name() + ", %")));
        columns.add(Column.text("Source"));
        final List<Row> rows = new ArrayList<>();
        for (final long atNs : changes(inquiry)) {
            final List<String> cells = new ArrayList<>(List.of(Zone.NEW_YORK.format(atNs)));
            final List<String> cited = new ArrayList<>();
            boolean isVerified = true;
            for (final Section301.ProductList list : section301.lists()) {
                final LevelReading level = inquiry.answers().level(list.rate(), atNs);
                final Source source = inquiry.sources().of(level.reference());
                final Amount amount = Amount.of(level, "PERCENT");
                inquiry.findings().add(MetricRow.at(ID, list.rate().key(), "level", atNs, amount, source));
                cells.add(Numbers.atMost(level.value(), 2));
                if (level.sinceNs() == atNs) {
                    cited.add(inquiry.sources().cite(source));
                    isVerified &= source.verification().isVerified();
                }
            }
            cells.add(String.join(" ", cited));
            rows.add(new Row(cells, isVerified));
        }
        return new Table(
                "Levels after each change",
                columns,
                rows,
                "Times of New York. The source is that of the list that changed. The four-year review of 2024-09-27"
                        + " raised single products (electric vehicles, solar cells, steel) and is not a level of a"
                        + " list. List 3 rose on 2019-05-10 by law; one tracker dates it 2019-06-01, the end of the"
                        + " grace period for goods in transit.");
    }

    /** Returns all instants after the start of the study at which a list changes. */
    private SortedSet<Long> changes(final Inquiry inquiry) {
        final SortedSet<Long> changes = new TreeSet<>();
        for (final Section301.ProductList list : section301.lists()) {
            long nextNs = inquiry.answers().level(list.rate(), FROM_NS).nextChangeAtNs();
            while (nextNs != Instants.NONE) {
                changes.add(nextNs);
                nextNs = inquiry.answers().level(list.rate(), nextNs).nextChangeAtNs();
            }
        }
        return changes;
    }

    private StepChart chart(final Inquiry inquiry) {
        final List<StepChart.Line> lines = new ArrayList<>();
        for (int i = 0; i < section301.lists().size(); i++) {
            final Section301.ProductList list = section301.lists().get(i);
            lines.add(line(inquiry, "List " + list.name(), i, StepChart.LineStyle.SOLID, list.rate()));
        }
        lines.add(line(
                inquiry,
                "List 4B, announced, never in force",
                lines.size(),
                StepChart.LineStyle.DASHED,
                section301.neverActive()));
        return new StepChart(
                "section-301-lists",
                "Section 301 duties on China by list, 2018 to 2020",
                "% of value",
                lines,
                List.of(),
                List.of(),
                "Federal Register notices, one source a level, see the table");
    }

    private static StepChart.Line line(
            final Inquiry inquiry,
            final String name,
            final int colour,
            final StepChart.LineStyle style,
            final StepSeries series) {
        return new StepChart.Line(name, colour, style, inquiry.answers().steps(series, FROM_NS, TO_NS), TO_NS);
    }
}
