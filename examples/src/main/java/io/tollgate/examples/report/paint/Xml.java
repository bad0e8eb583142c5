package io.tollgate.examples.report.paint;

/** Text as it stands in XML and HTML. */
public final class Xml {
    private Xml() {}

    /** The text with markup escaped, and with U+FFFD for characters which XML cannot hold. */
    public static String escape(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(codePoint) ? codePoint : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(final int codePoint) {
        final boolean control = codePoint < 0x20 && codePoint != '\t' && codePoint != '\n' && codePoint != '\r';
        final boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        return !control && !surrogate && codePoint != 0xFFFE && codePoint != 0xFFFF;
    }
}
