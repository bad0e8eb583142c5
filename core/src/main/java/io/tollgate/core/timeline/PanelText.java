package io.tollgate.core.timeline;

/** The text of watches on panels in the log, line by line: {@code SIDE FIRE CLEAR FOR_NS PANEL}. */
public final class PanelText {
    private static final int SIDE = 0;
    private static final int FIRE = 1;
    private static final int CLEAR = 2;
    private static final int FOR_NS = 3;
    private static final int PANEL = 4;
    private static final int PARTS = 5;

    private PanelText() {}

    /**
     * Returns true if two texts describe the same watches. Thresholds are compared by value, because Java 19 and later
     * writes some of them with fewer digits.
     */
    public static boolean isSame(final String logged, final String wanted) {
        final String[] found = logged.split("\n", -1);
        final String[] lines = wanted.split("\n", -1);
        boolean isSame = found.length == lines.length;
        for (int i = 0; i < lines.length && isSame; i++) {
            isSame = found[i].equals(lines[i]) || isSameWatch(found[i].split(" ", PARTS), lines[i].split(" ", PARTS));
        }
        return isSame;
    }

    private static boolean isSameWatch(final String[] found, final String[] wanted) {
        return found.length == PARTS
                && wanted.length == PARTS
                && found[SIDE].equals(wanted[SIDE])
                && isSameNumber(found[FIRE], wanted[FIRE])
                && isSameNumber(found[CLEAR], wanted[CLEAR])
                && found[FOR_NS].equals(wanted[FOR_NS])
                && found[PANEL].equals(wanted[PANEL]);
    }

    private static boolean isSameNumber(final String found, final String wanted) {
        try {
            return Double.compare(Double.parseDouble(found), Double.parseDouble(wanted)) == 0;
        } catch (final NumberFormatException e) {
            return false;
        }
    }
}
