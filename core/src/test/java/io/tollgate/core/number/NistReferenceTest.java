package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The nine univariate data sets of NIST's Statistical Reference Datasets, from the tests of Commons Math. Mean and
 * standard deviation have all 15 certified digits. No set has more than 5 decimals, so each value is exact in a series
 * of that scale.
 */
class NistReferenceTest {
    private static final MathContext CERTIFIED_DIGITS = new MathContext(15);
    private static final Pattern MEAN = Pattern.compile("(?m)^(?:Sample Mean .*:|mean +=) +(\\S+)");
    private static final Pattern DEVIATION =
            Pattern.compile("(?m)^(?:Sample Standard Deviation .*:|standardDeviation +=) +(\\S+)");
    private static final Pattern DATUM = Pattern.compile("(?m)^ *(-?\\d+(?:\\.\\d+)?) *$");
    private static final long OUTLIER_FACTOR = 1_000_000_000;

    private final Quotients quotients = new Quotients();
    private final RunSummary summary = new RunSummary();

    @ParameterizedTest
    @CsvSource({
        "PiDigits, 5000, 0",
        "Lottery, 218, 0",
        "Lew, 200, 0",
        "Mavro, 50, 5",
        "Michelso, 100, 2",
        "NumAcc1, 3, 0",
        "NumAcc2, 1001, 1",
        "NumAcc3, 1001, 1",
        "NumAcc4, 1001, 1"
    })
    void shouldComeOutWithAllCertifiedDigits(final String name, final int size, final int scale) throws IOException {
        final String text = read(name);
        final List<BigDecimal> data = DATUM.matcher(text)
                .results()
                .map(each -> new BigDecimal(each.group(1)))
                .toList();
        assertEquals(size, data.size());
        final long[] values = data.stream()
                .mapToLong(each -> each.setScale(scale).unscaledValue().longValueExact())
                .toArray();
        for (int i = 0; i < size; i++) {
            summary.append(i, values[i]);
        }
        assertCertified(text, scale);
        assertSameAfterOutliers(values);
    }

    /** The set multiplied by a billion passes through the window first, and must leave no rounding error. */
    private void assertSameAfterOutliers(final long[] values) {
        final NaiveRun expected = new NaiveRun(false);
        final RunSummary window = new RunSummary();
        for (int i = 0; i < values.length; i++) {
            window.append(i, Math.multiplyExact(values[i], OUTLIER_FACTOR));
        }
        for (int i = 0; i < values.length; i++) {
            final boolean isLast = i == values.length - 1;
            window.append(values.length + i, values[i]);
            final long next = isLast ? values[0] : values[i + 1] * OUTLIER_FACTOR;
            NaiveRun.evictFirst(window, List.of(new NaiveRun.Point(i + 1, next)));
            expected.points.add(new NaiveRun.Point(values.length + i, values[i]));
        }
        expected.assertSums(window, "after outliers");
        assertEquals(mean(summary), mean(window));
        assertEquals(deviation(summary), deviation(window));
    }

    private void assertCertified(final String text, final int scale) {
        assertDigits(MEAN, text, quotients.firstMoment(summary, summary.count(), scale));
        assertDigits(DEVIATION, text, quotients.standardDeviation(summary, summary.count(), 1, scale));
    }

    private static void assertDigits(final Pattern pattern, final String text, final double actual) {
        final Matcher certified = pattern.matcher(text);
        assertTrue(certified.find(), pattern.pattern());
        final BigDecimal rounded = new BigDecimal(actual).round(CERTIFIED_DIGITS);
        assertEquals(0, rounded.compareTo(new BigDecimal(certified.group(1))), certified.group() + " actual=" + actual);
    }

    private double mean(final RunSummary run) {
        return quotients.firstMoment(run, run.count(), 0);
    }

    private double deviation(final RunSummary run) {
        return quotients.standardDeviation(run, run.count(), 1, 0);
    }

    private static String read(final String name) throws IOException {
        try (InputStream file =
                NistReferenceTest.class.getResourceAsStream("/org/apache/commons/math3/stat/data/" + name + ".txt")) {
            assertNotNull(file, name);
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII).replace("\r", "");
        }
    }
}
