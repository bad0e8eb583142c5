package io.tollgate.examples.points;

import java.util.Map;

/**
 * The form of values in files, other than plain numbers.
 *
 * @param decimal   the decimal mark, a point or a comma.
 * @param isPercent true if a percent sign may follow a number.
 * @param replaced  texts with the values that they stand for.
 */
public record ValueForm(char decimal, boolean isPercent, Map<String, String> replaced) {
    /** Plain numbers. */
    public static final ValueForm PLAIN = new ValueForm('.', false, Map.of());

    /** Returns the plain number of a value without spaces around it. */
    String plain(final String text) {
        final String value = replaced.getOrDefault(text, text);
        final boolean hasSign = isPercent && value.endsWith("%");
        final String number = hasSign ? value.substring(0, value.length() - 1).stripTrailing() : value;
        if (decimal == '.' || !value.equals(text)) {
            return number;
        }
        if (number.indexOf('.') >= 0) {
            throw new IllegalArgumentException(
                    "value=" + text + ", expected a number with the decimal mark " + decimal + " and no separators");
        }
        return number.replace(decimal, '.');
    }
}
