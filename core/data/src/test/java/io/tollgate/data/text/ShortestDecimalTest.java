package io.tollgate.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShortestDecimalTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "145.0, 145",
        "-115.0, -115",
        "-0.25, -0.25",
        "94.65562386156648, 94.65562386156648",
        "0.001, 0.001",
        "1e-7, 0.0000001",
        "1e22, 10000000000000000000000",
        "1e23, 100000000000000000000000",
        "123456789012345680, 123456789012345680",
        "9007199254740993, 9007199254740992",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "2e-3, 0.002",
        "1.1e23, 110000000000000000000000",
        "5.684341886080802e-14, 0.00000000000005684341886080802"
    })
    void shouldWriteTheShortestPlainDecimal(final double value, final String text) {
        assertEquals(text, ShortestDecimal.of(value));
    }

    @Test
    void shouldFindTheShortestAndClosestAroundEveryPowerOfTwo() {
        for (int exponent = -1074; exponent < 1024; exponent++) {
            final double power = Math.scalb(1.0, exponent);
            assertShortest(power, "2^" + exponent);
            assertShortest(Math.nextUp(power), "above 2^" + exponent);
            assertShortest(Math.nextDown(power), "below 2^" + exponent);
        }
    }

    @Test
    void shouldFindTheShortestAndClosestAroundEveryPowerOfTen() {
        for (int exponent = -323; exponent < 309; exponent++) {
            final double power = Double.parseDouble("1e" + exponent);
            assertShortest(power, "10^" + exponent);
            assertShortest(Math.nextUp(power), "above 10^" + exponent);
            assertShortest(Math.nextDown(power), "below 10^" + exponent);
        }
    }

    @Test
    void shouldFindTheShortestAndClosestOfTheSmallestAndTheLargest() {
        for (int i = 1; i <= 1_000; i++) {
            assertShortest(i * Double.MIN_VALUE, i + " x 2^-1074");
        }
        assertShortest(Double.MAX_VALUE, "largest");
        assertShortest(-Double.MAX_VALUE, "largest negative");
    }

    @Test
    void shouldFindTheShortestAndClosestOfAnyDouble() {
        final Random random = new Random(20_250_402);
        for (int i = 0; i < 10_000; i++) {
            final double bits = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(bits)) {
                assertShortest(bits, "i=" + i);
            }
            assertShortest((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(20)), "i=" + i);
            assertShortest(Math.rint(random.nextDouble() * 1e9) / 1e6, "i=" + i);
        }
    }

    /** The sum of all characters was recorded on JDK 17 and on JDK 25. */
    @Test
    void shouldWriteTheSameCharactersOnEveryJdk() {
        final Random random = new Random(7);
        final CRC32 crc = new CRC32();
        for (int i = 0; i < 20_000; i++) {
            final double value = Double.longBitsToDouble(random.nextLong() & 0x7FEFFFFFFFFFFFFFL);
            crc.update(ShortestDecimal.of(value).getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(757_314_333L, crc.getValue());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseWhatIsNoNumber(final double value) {
        assertThrows(IllegalArgumentException.class, () -> ShortestDecimal.of(value));
    }

    private static void assertShortest(final double value, final String which) {
        final String text = ShortestDecimal.of(value);
        assertTrue(text.matches("-?[0-9]+(\\.[0-9]*[1-9])?"), () -> which + ": " + text);
        assertEquals(Double.doubleToRawLongBits(value), Double.doubleToRawLongBits(Double.parseDouble(text)), which);
        if (value != 0) {
            final BigDecimal found = new BigDecimal(text).stripTrailingZeros();
            final int digits = found.precision();
            assertEquals(Optional.empty(), closest(value, digits - 1), () -> which + " is shorter: " + text);
            assertEquals(0, closest(value, digits).orElseThrow().compareTo(found), () -> which + ": " + text);
        }
    }

    /**
     * Returns the closest decimal of that many digits that reads back as the value: one of the two neighbours of the
     * exact value. If there is none, there is none with fewer digits either, because the last digit may be 0.
     */
    private static Optional<BigDecimal> closest(final double value, final int digits) {
        if (digits == 0) {
            return Optional.empty();
        }
        final BigDecimal exact = new BigDecimal(value);
        final BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
        final BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
        final boolean belowReads = below.doubleValue() == value;
        final boolean aboveReads = above.doubleValue() == value;
        if (belowReads && aboveReads) {
            return Optional.of(exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
        }
        return belowReads ? Optional.of(below) : Optional.of(above).filter(reads -> aboveReads);
    }
}
