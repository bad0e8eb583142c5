package io.tollgate.api.series;

import java.util.Objects;

/**
 * The unit of a series: declared, never guessed. A change of a PERCENT series is in percentage points. Immutable.
 *
 * @param name 1 to 16 characters of printable ASCII: one of the four named constants, or a name of the caller's
 *             ({@code USD}, {@code TONNE}, {@code DAY}).
 */
public record Unit(String name) {
    /** Longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 16;

    /** Per cent: 145 is 145%. */
    public static final Unit PERCENT = new Unit("PERCENT");

    /** A share of one: 1.45 is 145%. */
    public static final Unit FRACTION = new Unit("FRACTION");

    /** Hundredths of a percentage point: 14500 is 145%. */
    public static final Unit BASIS_POINT = new Unit("BASIS_POINT");

    /** A number of things: licences, applications. */
    public static final Unit COUNT = new Unit("COUNT");

    /**
     * Checks the name.
     *
     * @param name 1 to 16 characters of printable ASCII: one of the four named constants, or a name of the caller's
     *             ({@code USD}, {@code TONNE}, {@code DAY}).
     * @throws IllegalArgumentException if the name is empty, too long, or not printable ASCII.
     */
    public Unit {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "unit=" + name + ", expected 1 to " + MAX_NAME_LENGTH + " printable ASCII characters");
        }
    }

    /**
     * The digits by which a share of one is written larger in this unit.
     *
     * @return 2 for PERCENT, 4 for BASIS_POINT, else 0.
     */
    public int shareDigits() {
        return equals(PERCENT) ? 2 : equals(BASIS_POINT) ? 4 : 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
