package io.tollgate.examples.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict parser of the Prometheus text format 0.0.4. Each family is a HELP line, a TYPE line, and its samples. */
final class Exposition {
    private static final Pattern HEADER =
            Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\\\\n]|\\\\\\\\|\\\\n)*)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{(.*)} (-?[0-9]+(?:\\.[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*)\"(,|$)");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> samples = new LinkedHashMap<>();

    private Exposition() {}

    static Exposition parse(final String text) {
        assertTrue(text.endsWith("\n"), "the last line has no end");
        final Exposition parsed = new Exposition();
        String helped = "";
        String family = "";
        for (final String line : text.split("\n")) {
            final Matcher header = HEADER.matcher(line);
            if (header.matches() && header.group(1).equals("HELP")) {
                helped = header.group(2);
                assertTrue(!header.group(3).isBlank(), line);
            } else if (header.matches()) {
                family = header.group(2);
                assertEquals(helped, family, "HELP comes before TYPE");
                assertTrue(header.group(3).matches("counter|gauge"), line);
                assertEquals(header.group(3).equals("counter"), family.endsWith("_total"), line);
                assertNull(parsed.types.put(family, header.group(3)), "twice: " + line);
            } else {
                parsed.sample(line, family);
            }
        }
        return parsed;
    }

    private void sample(final String line, final String family) {
        final Matcher sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        assertEquals(family, sample.group(1), "a sample outside its family");
        final Map<String, String> labels = new TreeMap<>();
        final Matcher label = LABEL.matcher(sample.group(2));
        int end = 0;
        while (label.lookingAt()) {
            assertNull(labels.put(label.group(1), label.group(2)), "label twice: " + line);
            end = label.end();
            label.region(end, sample.group(2).length());
        }
        assertEquals(sample.group(2).length(), end, "labels of " + line);
        assertNull(samples.put(family + labels, sample.group(3)), "sample twice: " + line);
    }

    Map<String, String> types() {
        return types;
    }

    /** Returns the values by {@code name{label=value, ...}}, with the labels sorted and escaped. */
    Map<String, String> samples() {
        return samples;
    }
}
