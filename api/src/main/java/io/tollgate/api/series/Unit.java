package io.tollgate.api.series;

import java.util.Objects;

/**
 * The unit of the values of a series, as declared. A change of a PERCENT series is in percentage points. Immutable.
 *
 * @param name 1 to 16 characters of printable ASCII: the name of a constant here, or another name such as {@code USD},
 *             {@code TONNE} or {@code DAY}.
 */
public record Unit(String name) {
    /** The length of the longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 16;

    /** Per cent: 145 means 145%. */
    public static final Unit PERCENT = new Unit("PERCENT");

    /** A fraction: 1.45 means 145%. */
    public static final Unit FRACTION = new Unit("FRACTION");

    /** Hundredths of a percentage point: 14500 means 145%. */
    public static final Unit BASIS_POINT = new Unit("BASIS_POINT");

    /** A number of things, such as licences or applications. */
    public static final Unit COUNT = new Unit("COUNT");

    /**
     * Checks the name.
     *
     * @param name 1 to 16 characters of printable ASCII.
     * @throws IllegalArgumentException if the name is empty, too long, or not printable ASCII.
     */
    public Unit {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !isPrintable(name)) {
            throw new IllegalArgumentException(
                    "unit=" + name + ", expected 1 to " + MAX_NAME_LENGTH + " printable ASCII characters");
        }
    }

    private static boolean isPrintable(final String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) >= 127) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the power of ten by which this unit multiplies a fraction.
     *
     * @return 2 for PERCENT, 4 for BASIS_POINT, 0 for any other unit.
     */
    public int shareDigits() {
        return equals(PERCENT) ? 2 : equals(BASIS_POINT) ? 4 : 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
