package io.tollgate.examples.impact.data;

import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Published accusations of each side around the start of June 2025.
 *
 * @param all in the order of their days.
 */
public record Accusations(List<Accusation> all) {
    private static final String FILE = "accusations_june_2025.csv";

    /** The subject, which determines the numbers that answer it. */
    public enum Subject {
        /** The agreement was broken; the accusation gives no details. */
        TOTALLY_VIOLATED,
        /** Rare earths and licences for them were held back. */
        SLOW_LICENCES,
        /** New measures were taken. */
        NEW_MEASURES,
        /** Licences were granted. */
        LICENCES_GRANTED
    }

    /**
     * One accusation.
     *
     * @param subject of the accusation.
     * @param date    of the statement.
     * @param by      the side that made it.
     * @param said    the speaker and the statement, in short.
     * @param source  a page that reports it.
     */
    public record Accusation(Subject subject, String date, String by, String said, Source source) {}

    public static Accusations load() throws IOException {
        final List<Accusation> all = new ArrayList<>();
        BundledCsv.read(
                FILE,
                csv -> all.add(new Accusation(
                        Subject.valueOf(csv.getField("id")),
                        csv.getField("date"),
                        csv.getField("by"),
                        csv.getField("said"),
                        new Source(FILE + ": " + csv.getField("source"), Verification.PAGE))));
        return new Accusations(List.copyOf(all));
    }
}
