package io.tollgate.examples.report.paint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References in text to a report's sources: {@code [3]} is the third. */
public final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\[(\\d{1,4})]");

    private References() {}

    /** Escapes the text for a page and adds a link to each reference that has a source. */
    public static String link(final String text, final int sourceCount) {
        final Matcher reference = REFERENCE.matcher(Xml.escape(text));
        return reference.replaceAll(match -> {
            final int number = Integer.parseInt(match.group(1));
            final boolean known = number >= 1 && number <= sourceCount;
            return known ? "<a class=\"ref\" href=\"#source_" + number + "\">[" + number + "]</a>" : match.group();
        });
    }

    /** Returns the text without references, for places without the list of sources. */
    static String strip(final String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .replaceAll(" ([,;.:)])", "$1")
                .strip();
    }
}
