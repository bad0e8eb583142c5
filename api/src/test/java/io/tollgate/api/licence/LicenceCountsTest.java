package io.tollgate.api.licence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicenceCountsTest {
    private static final MathContext DIGITS = new MathContext(60);

    private static LicenceCounts counts(final long received, final long issued, final long refused) {
        return new LicenceCounts(received, issued, refused, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "192, 19, 242, DECIDED, 0.9100",
        "192, 19, 242, RECEIVED, 0.7934",
        "19, 1, 141, DECIDED, 0.95",
        "19, 1, 141, RECEIVED, 0.1348"
    })
    void m12ApprovalRate(
            final long issued,
            final long refused,
            final long received,
            final Denominator denominator,
            final double expected) {
        assertEquals(
                expected,
                counts(received, issued, refused).approvalRate(denominator).value(),
                0.00005);
    }

    @Test
    void m12ClosedCountsWhatWasReturnedToo() {
        final LicenceCounts counts = new LicenceCounts(100, 60, 20, 20, 5, 0, 0);
        assertEquals(0.6, counts.approvalRate(Denominator.CLOSED).value());
        assertEquals(0.75, counts.approvalRate(Denominator.DECIDED).value());
        assertEquals(0.6, counts.approvalRate(Denominator.RECEIVED).value());
    }

    @Test
    void m12WilsonBoundsOfNineteenOfTwenty() {
        final ApprovalRate rate = counts(141, 19, 1).approvalRate(Denominator.DECIDED);
        assertEquals(0.764, rate.wilsonLow(ApprovalRate.Z95), 0.0005);
        assertEquals(0.991, rate.wilsonHigh(ApprovalRate.Z95), 0.0005);
    }

    @Test
    void shouldBeEmptyIfNothingWasDecided() {
        final ApprovalRate rate = counts(12, 0, 0).approvalRate(Denominator.DECIDED);
        assertEquals(Status.EMPTY, rate.status());
        assertTrue(Double.isNaN(rate.value()));
        assertTrue(Double.isNaN(rate.wilsonLow(ApprovalRate.Z95)));
        assertEquals(0, counts(12, 0, 0).approvalRate(Denominator.RECEIVED).value(), "zero is data");
    }

    @Test
    void shouldNotCallAShareWhatIsNone() {
        final ApprovalRate rate = counts(3, 5, 0).approvalRate(Denominator.RECEIVED);
        assertEquals(Status.UNDEFINED, rate.status(), "decided what came in before the window");
        assertTrue(Double.isNaN(rate.value()));
    }

    /** The bounds {@code x} satisfy {@code (p - x)^2 = z^2 p (1 - p) / n} in sixty digits. */
    @Test
    void wilsonBoundsShouldBeZStandardErrorsOfTheirOwnAway() {
        final Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            final long n = 1 + random.nextInt(i < 1_000 ? 40 : 1_000_000);
            final long x = random.nextInt((int) n + 1);
            final double z = i % 10 == 0 ? ApprovalRate.Z95 : 3 * random.nextDouble();
            final ApprovalRate rate = new ApprovalRate(x, n, Denominator.DECIDED);
            final String message = x + " of " + n + " z=" + z;
            final BigDecimal zz = new BigDecimal(z).pow(2);
            final BigDecimal whole = BigDecimal.valueOf(n).add(zz);
            final BigDecimal middle = BigDecimal.valueOf(x).add(zz.divide(BigDecimal.valueOf(2)));
            final BigDecimal half = zz.multiply(BigDecimal.valueOf(x)
                            .multiply(BigDecimal.valueOf(n - x))
                            .divide(BigDecimal.valueOf(n), DIGITS)
                            .add(zz.divide(BigDecimal.valueOf(4))))
                    .sqrt(DIGITS);
            final double high = middle.add(half).divide(whole, DIGITS).doubleValue();
            final double low = middle.subtract(half).divide(whole, DIGITS).doubleValue();
            assertEquals(high, rate.wilsonHigh(z), 4 * Math.ulp(high), message);
            assertEquals(low, rate.wilsonLow(z), 4 * Math.ulp(high), message);
            assertTrue(rate.wilsonLow(z) <= rate.value() && rate.value() <= rate.wilsonHigh(z), message);
        }
    }

    @Test
    void wilsonBoundsShouldStayShares() {
        assertEquals(0, new ApprovalRate(0, 20, Denominator.DECIDED).wilsonLow(ApprovalRate.Z95));
        assertEquals(1, new ApprovalRate(20, 20, Denominator.DECIDED).wilsonHigh(ApprovalRate.Z95));
        assertEquals(0.8389, new ApprovalRate(20, 20, Denominator.DECIDED).wilsonLow(ApprovalRate.Z95), 0.0001);
        assertEquals(0.95, new ApprovalRate(19, 20, Denominator.DECIDED).wilsonLow(0), 1e-15);
    }

    @Test
    void m13MonthsOfWork() {
        final LicenceCounts quarter = new LicenceCounts(141, 19, 1, 0, 1, 0, 0);
        assertEquals(120, quarter.backlogChange(), "141 - 20 - 1");
        assertEquals(121 * 3 / 20.0, quarter.monthsOfWork(121, 3));
        assertEquals(0, quarter.monthsOfWork(0, 3));
        assertTrue(Double.isNaN(counts(5, 0, 0).monthsOfWork(5, 1)), "no end at this pace");
        assertEquals(0, counts(5, 0, 0).monthsOfWork(0, 1));
        assertThrows(IllegalArgumentException.class, () -> quarter.monthsOfWork(5, 0));
    }

    @Test
    void shouldRefuseCountsBelowZero() {
        assertEquals(
                "count=-1, expected 0 or more of each kind",
                assertThrows(IllegalArgumentException.class, () -> new LicenceCounts(0, 0, 0, -1, 0, 0, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ApprovalRate(3, 2, Denominator.DECIDED));
        assertThrows(
                IllegalArgumentException.class, () -> new ApprovalRate(2, 3, Denominator.DECIDED, Status.CONTENDED));
        assertThrows(IllegalArgumentException.class, () -> new LicenceCounts(0, 0, 0, 0, 0, 0, 0, Status.INSUFFICIENT));
        assertThrows(IllegalArgumentException.class, () -> new ApprovalRate(3, 4, Denominator.DECIDED).wilsonLow(-1));
    }
}
