package io.tollgate.examples.terminal;

import java.util.Map;

/** Emphasis for a terminal with colours; plain text elsewhere. Immutable. */
public final class Style {
    /** No emphasis. */
    public static final Style PLAIN = new Style(false);

    private static final String RESET = "\u001B[0m";

    private final boolean isColoured;

    private Style(final boolean isColoured) {
        this.isColoured = isColoured;
    }

    /**
     * Returns the style of standard output.
     *
     * @return coloured on a terminal, unless the environment forbids it.
     */
    public static Style ofOutput() {
        return of(StatusLine.isOutputTerminal(), System.getenv());
    }

    /** Returns the style of an output. A variable NO_COLOR that is not empty forbids colours, as does TERM=dumb. */
    static Style of(final boolean isTerminal, final Map<String, String> environment) {
        final boolean isForbidden = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return isTerminal && !isForbidden ? new Style(true) : PLAIN;
    }

    /**
     * Emphasises a heading.
     *
     * @param text one line.
     * @return the text in bold.
     */
    public String heading(final String text) {
        return coded("1", text);
    }

    /**
     * Emphasises a result.
     *
     * @param text one line.
     * @return the text in bold cyan, which is readable on black and on white.
     */
    public String value(final String text) {
        return coded("1;36", text);
    }

    /**
     * Emphasises a fault.
     *
     * @param text one line.
     * @return the text in red.
     */
    public String fault(final String text) {
        return coded("31", text);
    }

    private String coded(final String code, final String text) {
        return isColoured ? "\u001B[" + code + "m" + text + RESET : text;
    }
}
