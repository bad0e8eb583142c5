package io.tollgate.examples.terminal;

import java.util.Locale;

/** Text from files on one line, without characters that control a terminal or that a file cannot contain. */
public final class PlainLine {
    private PlainLine() {}

    /**
     * Formats a text.
     *
     * @param text any.
     * @return the text with control and format characters, line breaks and unpaired surrogates replaced by their codes.
     */
    public static String of(final String text) {
        return of(text, text.length());
    }

    /**
     * Formats the beginning of a text.
     *
     * @param text      any.
     * @param maxLength limit at which it is cut.
     * @return the same as {@link #of(String)}, with dots at its end if it is cut.
     */
    public static String of(final String text, final int maxLength) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < maxLength; ) {
            final int c = text.codePointAt(i);
            if (isSteering(c)) {
                line.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return line.append(text.length() > maxLength ? "..." : "").toString();
    }

    private static boolean isSteering(final int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
