package io.tollgate.examples.points;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a number of ASCII digits. The JDK would also accept digits of other scripts, and a plus sign.
 *
 * @param <T> type of the number.
 */
public final class NumberArgument<T extends Number> implements ITypeConverter<T> {
    private final String accepted;
    private final Function<String, T> parser;
    private final String expected;

    private NumberArgument(final String accepted, final Function<String, T> parser, final String expected) {
        this.accepted = accepted;
        this.parser = parser;
        this.expected = expected;
    }

    /**
     * Returns a converter of 32-bit integers.
     *
     * @return the converter.
     */
    public static NumberArgument<Integer> ofInt() {
        return new NumberArgument<>("-?[0-9]+", Integer::valueOf, integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /**
     * Returns a converter of 64-bit integers.
     *
     * @return the converter.
     */
    public static NumberArgument<Long> ofLong() {
        return new NumberArgument<>("-?[0-9]+", Long::valueOf, integer(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /**
     * Returns a converter of decimal numbers to the nearest double.
     *
     * @return the converter.
     */
    public static NumberArgument<Double> ofDouble() {
        return new NumberArgument<>(
                "[-0-9.eE]+", Double::valueOf, "is not a decimal number, expected one in ASCII digits, such as 0.5");
    }

    private static String integer(final long least, final long most) {
        return "is not an integer, expected " + least + " to " + most + " in ASCII digits";
    }

    @Override
    public T convert(final String text) {
        try {
            if (text.matches(accepted)) {
                return parser.apply(text);
            }
        } catch (final NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private TypeConversionException refused(final String text) {
        return new TypeConversionException("'" + text + "' " + expected);
    }
}
