package io.tollgate.examples.impact.data;

import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Verification;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of the chapters of the Harmonized System, by their two digits.
 *
 * @param names short and full.
 */
public record Hs2Names(Map<String, Name> names) {
    public static final Source SOURCE = new Source(
            "hs2_chapters.csv: names of the chapters, UN Comtrade by github datasets/harmonized-system @905e5a0f,"
                    + " ODC-PDDL; the short ones are ours",
            Verification.FILE);

    /**
     * A name.
     *
     * @param brief one to three words, chosen by us.
     * @param whole as published.
     */
    public record Name(String brief, String whole) {}

    public static Hs2Names load() throws IOException {
        final Map<String, Name> names = new TreeMap<>();
        BundledCsv.read(
                "hs2_chapters.csv",
                csv -> names.put(csv.getField("hs2"), new Name(csv.getField("short"), csv.getField("description"))));
        return new Hs2Names(names);
    }

    /** Returns a chapter for a table cell: its digits and the short name. */
    public String cell(final String hs2) {
        return hs2 + " " + name(hs2).brief();
    }

    /** Returns a chapter for the axis of a chart, with the short name on its own line. */
    public String onAxis(final String hs2) {
        return hs2 + "\n" + name(hs2).brief();
    }

    private Name name(final String hs2) {
        final Name name = names.get(hs2);
        if (name == null) {
            throw new IllegalArgumentException("hs2=" + hs2 + ", expected a chapter of hs2_chapters.csv");
        }
        return name;
    }
}
