package io.tollgate.examples.impact.data;

import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What each side said of the other around the start of June 2025, as published.
 *
 * @param all in the order of their days.
 */
public record Accusations(List<Accusation> all) {
    private static final String FILE = "accusations_june_2025.csv";

    /** What it is about, by which numbers can answer it. */
    public enum Subject {
        /** That the agreement was broken, without a word on how. */
        TOTALLY_VIOLATED,
        /** That rare earths and licences for them were held back. */
        SLOW_LICENCES,
        /** That new measures were taken. */
        NEW_MEASURES,
        /** That licences were granted. */
        LICENCES_GRANTED
    }

    /**
     * One of them.
     *
     * @param subject what it is about.
     * @param date    on which it was said.
     * @param by      which side.
     * @param said    who said what, in short.
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
