package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.TestSeed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    private static final long LEAST_OF_17_DIGITS = 10_000_000_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "145, 6, 145000000",
        "4.4, 6, 4400000",
        "-4.4, 1, -44",
        "+4.4, 1, 44",
        "0, 0, 0",
        "-0, 9, 0",
        "0.000000001, 9, 1",
        "-0.000000001, 9, -1",
        "4.4000, 1, 44",
        ".5, 1, 5",
        "5., 1, 50",
        "007, 0, 7",
        "-1.5e3, 0, -1500",
        "1.5E+3, 0, 1500",
        "15e-1, 1, 15",
        "0e40, 0, 0",
        "0e-40, 9, 0",
        "0.0000000000000000000000000000000000000000000, 2, 0",
        "0.00000000000000000000000000000000000000001e40, 1, 1",
        "10000000000000000000000000000000000000000e-40, 0, 1",
        "9223372036854775807, 0, 9223372036854775807",
        "-9223372036854775807, 0, -9223372036854775807",
        "9223372036.854775807, 9, 9223372036854775807",
        "-9223372036.854775807, 9, -9223372036854775807",
        "9.223372036854775807e18, 0, 9223372036854775807",
    })
    void shouldReadADecimalThatFitsExactly(final String text, final int scale, final long expected) {
        assertEquals(expected, Decimals.parse(text, scale, RoundingMode.UNNECESSARY));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, 0",
        "-9223372036854775809, 0",
        "9223372036854775807, 1",
        "9223372036.854775808, 9",
        "1e19, 0",
        "1e40, 0",
        "0.1, 0",
        "4.3999999999999995, 6",
        "0.0000000001, 9",
        "1e-10, 9",
    })
    void shouldRefuseADecimalThatDoesNotFit(final String text, final int scale) {
        assertRefused(text, scale, RoundingMode.UNNECESSARY);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1234567, 6, 'at most 6 digits after the decimal point, or a larger scale, or a rounding mode'",
        "1e40, 6, -9223372036854.775807 to 9223372036854.775807",
        "9223372036854775808, 0, -9223372036854775807 to 9223372036854775807",
    })
    void shouldSayWhetherDigitsOrTheRangeDoNotFit(final String text, final int scale, final String expected) {
        final String refusal = assertRefused(text, scale, RoundingMode.UNNECESSARY);
        assertTrue(refusal.endsWith(" scale=" + scale + ", expected " + expected), refusal);
    }

    @ParameterizedTest
    @CsvSource({"-9223372036854775808, 0", "-9223372036.854775808, 9", "-9.223372036854775808e18, 0"})
    void shouldRefuseTheReservedValueAndSaySo(final String text, final int scale) {
        assertTrue(assertRefused(text, scale, RoundingMode.UNNECESSARY).contains("reserved"));
    }

    @Test
    void shouldRefuseTheReservedValueAlsoIfRoundingLeadsToIt() {
        assertRefused("-9223372036854775807.5", 0, RoundingMode.HALF_UP);
        assertEquals(Long.MIN_VALUE + 1, Decimals.parse("-9223372036854775807.5", 0, RoundingMode.DOWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "Infinity",
                "-Infinity",
                "1,5",
                "1 000",
                " 1",
                "1 ",
                "0x10",
                "1e",
                "e1",
                "--1",
                "1.2.3",
                "-",
                ".",
                "1f",
                "1d",
                "\u0661",
                "\u0967.5",
                "\uff11",
                "1e99999999999",
                "1\u0000"
            })
    void shouldRefuseWhatIsNoNumberInAsciiDigits(final String text) {
        assertTrue(assertRefused(text, 2, RoundingMode.HALF_EVEN).contains("ASCII"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e41",
                "1e999999999",
                "-1e2147483647",
                "1e-41",
                "1e-999999999",
                "0e41",
                "0e-50",
                "0.00000000000000000000000000000000000000001e41",
                "1E+41",
                "100000000000000000000000000000000000000000e-41",
                "1e-2147483647",
            })
    void shouldRefuseAnExponentBeyondFortyAtOnce(final String text) {
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertTrue(assertRefused(text, 9, RoundingMode.HALF_EVEN).contains("exponent")));
    }

    /** A number has no text, so the exponent of its scientific notation counts. */
    @ParameterizedTest
    @ValueSource(strings = {"1e41", "1e-41", "0e-43", "1e999999999", "1e-999999999"})
    void shouldRefuseANumberWithAnExponentBeyondFortyAtOnce(final String text) {
        assertTimeout(Duration.ofSeconds(10), () -> {
            final IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> Decimals.scaled(new BigDecimal(text), 9, RoundingMode.HALF_EVEN));
            assertTrue(refusal.getMessage().contains("exponent"), refusal.getMessage());
        });
    }

    @Test
    void shouldTakeTextOfAHundredCharactersAndNoMore() {
        final String hundred = "0".repeat(99) + "7";
        assertEquals(70, Decimals.parse(hundred, 1, RoundingMode.UNNECESSARY));
        final String tooLong = "9".repeat(1_000_000);
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> Decimals.parse(tooLong, 1, RoundingMode.UNNECESSARY));
        assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
    }

    @Test
    void shouldShowOfATextThatIsTooLongNoHalfOfACharacter() {
        final String tail = Character.toString(0x1F600) + "yy";
        final String halved = assertRefused("x".repeat(99) + tail, 6, RoundingMode.UNNECESSARY);
        assertTrue(halved.startsWith("value=" + "x".repeat(99) + "... "), halved);
        final String whole = assertRefused("x".repeat(98) + tail, 6, RoundingMode.UNNECESSARY);
        assertTrue(whole.startsWith("value=" + "x".repeat(98) + tail.substring(0, 2) + "... "), whole);
    }

    @ParameterizedTest
    @CsvSource({
        "4.3999999999999995, 6, HALF_EVEN, 4400000",
        "2.5, 0, HALF_EVEN, 2",
        "3.5, 0, HALF_EVEN, 4",
        "-2.5, 0, HALF_UP, -3",
        "-2.5, 0, HALF_DOWN, -2",
        "2.1, 0, CEILING, 3",
        "-2.1, 0, CEILING, -2",
        "2.9, 0, FLOOR, 2",
        "1e-40, 9, HALF_EVEN, 0",
        "1e-40, 9, UP, 1",
        "0.1e-40, 9, UP, 1",
        "0.00000000000000000000000000000000000000000001, 9, HALF_EVEN, 0",
    })
    void shouldRoundOnlyIfAsked(final String text, final int scale, final RoundingMode mode, final long expected) {
        assertEquals(expected, Decimals.parse(text, scale, mode));
    }

    @ParameterizedTest
    @CsvSource({"4.4, 1, 44", "0.1, 1, 1", "-0.0, 3, 0", "145, 6, 145000000", "1e15, 3, 1000000000000000000"})
    void shouldTakeTheShortestDecimalFormOfADouble(final double value, final int scale, final long expected) {
        assertEquals(expected, Decimals.scaled(value, scale, RoundingMode.UNNECESSARY));
    }

    /** Before JDK 19, {@code Double.toString} appends a superfluous digit to these doubles. */
    @ParameterizedTest
    @CsvSource({"1846747804579767e3, 1846747804579767000", "2e18, 2000000000000000000"})
    void shouldTakeTheSameDecimalOnEveryJdk(final double value, final long expected) {
        assertEquals(expected, Decimals.scaled(value, 0, RoundingMode.UNNECESSARY));
        assertEquals(-expected, Decimals.scaled(-value, 0, RoundingMode.UNNECESSARY));
    }

    /**
     * A decimal of 16 digits gives a double. The shortest decimal of that double has at most 16 digits and is not
     * farther away.
     */
    @Test
    void shouldTakeNoMoreDigitsThanADoubleNeeds() {
        final long seed = TestSeed.of("doubles");
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            final int scale = random.nextInt(Decimals.MAX_SCALE + 1);
            final long zeros = scale == 0 ? 100 : 1;
            final BigDecimal decimal =
                    BigDecimal.valueOf(random.nextLong(-LEAST_OF_17_DIGITS, LEAST_OF_17_DIGITS) * zeros, scale);
            final double value = decimal.doubleValue();
            final BigDecimal taken = BigDecimal.valueOf(Decimals.scaled(value, scale, RoundingMode.UNNECESSARY), scale);
            final String context = "seed=" + seed + " decimal=" + decimal + " taken=" + taken;
            assertEquals(value, taken.doubleValue(), context);
            final int digits = taken.stripTrailingZeros().precision();
            final boolean isCloser = distance(taken, value).compareTo(distance(decimal, value)) <= 0;
            assertTrue(digits < 16 || digits == 16 && isCloser, context);
        }
    }

    private static BigDecimal distance(final BigDecimal decimal, final double value) {
        return decimal.subtract(new BigDecimal(value)).abs();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseADoubleThatIsNotFinite(final double value) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Decimals.scaled(value, 3, RoundingMode.HALF_EVEN));
        assertEquals("value=" + value + " scale=3, expected a finite number", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MAX_VALUE, -Double.MAX_VALUE, 0x1p63, -0x1p63, 0.30000000000000004})
    void shouldRefuseADoubleThatDoesNotFit(final double value) {
        assertThrows(IllegalArgumentException.class, () -> Decimals.scaled(value, 3, RoundingMode.UNNECESSARY));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseAScaleOutsideZeroToNine(final int scale) {
        assertThrows(IllegalArgumentException.class, () -> Decimals.requireScale(scale));
        assertThrows(IllegalArgumentException.class, () -> Decimals.format(1, scale));
        assertThrows(IllegalArgumentException.class, () -> Decimals.parse("1", scale, RoundingMode.HALF_EVEN));
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> Decimals.scaled(BigDecimal.ONE, scale, RoundingMode.HALF_EVEN));
        assertEquals("scale=" + scale + ", expected 0 to 9", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 9, 0",
        "4400000, 6, 4.4",
        "-44, 1, -4.4",
        "145000000, 6, 145",
        "1000, 0, 1000",
        "1, 9, 0.000000001",
        "-1, 9, -0.000000001",
        "9223372036854775807, 0, 9223372036854775807",
        "-9223372036854775807, 9, -9223372036.854775807",
    })
    void shouldWriteThePlainDecimalWithoutTrailingZeros(final long scaled, final int scale, final String expected) {
        assertEquals(expected, Decimals.format(scaled, scale));
    }

    @Test
    void shouldReadBackWhatItWroteAndAgreeWithExactArithmetic() {
        final long seed = TestSeed.of("decimals");
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            final long scaled = Math.max(random.nextLong() >> random.nextInt(64), -Long.MAX_VALUE);
            final int scale = random.nextInt(10);
            final String text = Decimals.format(scaled, scale);
            final String context = "seed=" + seed + " scaled=" + scaled + " scale=" + scale + " text=" + text;
            assertEquals(scaled, Decimals.parse(text, scale, RoundingMode.UNNECESSARY), context);
            final BigDecimal exact = new BigDecimal(BigInteger.valueOf(scaled), scale);
            assertEquals(0, exact.compareTo(new BigDecimal(text)), context);
        }
    }

    private static String assertRefused(final String text, final int scale, final RoundingMode mode) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Decimals.parse(text, scale, mode));
        assertTrue(refusal.getMessage().startsWith("value="), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(" scale=" + scale + ", expected "), refusal.getMessage());
        return refusal.getMessage();
    }
}
