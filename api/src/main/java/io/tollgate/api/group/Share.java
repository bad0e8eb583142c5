package io.tollgate.api.group;

import io.tollgate.api.series.Decimals;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * A share of a whole, above 0 and up to 1, as an exact fraction in lowest terms: a third is 1/3, not 0.333. Immutable.
 *
 * @param numerator   above 0.
 * @param denominator not below the numerator, up to {@link #MAX_DENOMINATOR}.
 */
public record Share(long numerator, long denominator) {
    /** The largest denominator; sums of weights are exact up to it. */
    public static final long MAX_DENOMINATOR = 1 << 20;

    /** The whole, 1/1. */
    public static final Share WHOLE = new Share(1, 1);

    /**
     * Checks and reduces the fraction.
     *
     * @param numerator   above 0.
     * @param denominator not below the numerator, up to {@link #MAX_DENOMINATOR}.
     * @throws IllegalArgumentException if the fraction is not above 0 and up to 1, or its denominator in lowest terms
     *         is above {@link #MAX_DENOMINATOR}.
     */
    public Share {
        if (numerator <= 0 || denominator < numerator) {
            throw new IllegalArgumentException(
                    "share=" + numerator + '/' + denominator + ", expected a fraction above 0 and up to 1");
        }
        final long divisor = gcd(numerator, denominator);
        numerator /= divisor;
        denominator /= divisor;
        if (denominator > MAX_DENOMINATOR) {
            throw new IllegalArgumentException("share=" + numerator + '/' + denominator
                    + ", expected a denominator of at most " + MAX_DENOMINATOR + "; round the shares to fewer digits");
        }
    }

    /**
     * Returns a share in lowest terms.
     *
     * @param numerator   above 0.
     * @param denominator not below the numerator.
     * @return the share.
     * @throws IllegalArgumentException if the fraction is out of range, see {@link Share}.
     */
    public static Share of(final long numerator, final long denominator) {
        return new Share(numerator, denominator);
    }

    /**
     * Parses a share, exactly.
     *
     * @param text a fraction such as {@code 1/3}, or a decimal of up to 6 digits such as {@code 0.35}.
     * @return the share in lowest terms.
     * @throws IllegalArgumentException if the text is neither, or out of range.
     */
    public static Share parse(final String text) {
        Objects.requireNonNull(text, "text");
        final int slash = text.indexOf('/');
        try {
            return slash >= 0
                    ? of(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)))
                    : of(Decimals.parse(text, 6, RoundingMode.UNNECESSARY), 1_000_000);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "share=" + text + ", expected a fraction as 1/3 or a decimal as 0.35", e);
        }
    }

    /**
     * Returns a share of this share.
     *
     * @param other the other share.
     * @return the product.
     * @throws IllegalArgumentException if its denominator is above {@link #MAX_DENOMINATOR}.
     */
    public Share times(final Share other) {
        Objects.requireNonNull(other, "other");
        return new Share(numerator * other.numerator, denominator * other.denominator);
    }

    /**
     * Returns true if shares add up to exactly 1.
     *
     * @param shares the shares.
     * @return true if their exact sum is 1.
     */
    static boolean areWhole(final Collection<Share> shares) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger common = BigInteger.ONE;
        for (final Share share : shares) {
            final BigInteger other = BigInteger.valueOf(share.denominator);
            sum = sum.multiply(other).add(common.multiply(BigInteger.valueOf(share.numerator)));
            common = common.multiply(other);
        }
        return sum.equals(common);
    }

    /**
     * Returns the exact sum of shares.
     *
     * @param shares at least one share.
     * @return the sum, empty if it is above 1.
     * @throws IllegalArgumentException if their common denominator is above {@link #MAX_DENOMINATOR}.
     */
    static Optional<Share> sum(final Collection<Share> shares) {
        final long common = commonDenominator(shares);
        long parts = 0;
        for (final Share share : shares) {
            parts += share.numerator * (common / share.denominator);
        }
        return parts <= common ? Optional.of(new Share(parts, common)) : Optional.empty();
    }

    /**
     * Returns the least common multiple of the denominators of shares.
     *
     * @param shares the shares.
     * @return the common denominator, 1 without shares.
     * @throws IllegalArgumentException if it is above {@link #MAX_DENOMINATOR}.
     */
    static long commonDenominator(final Collection<Share> shares) {
        long common = 1;
        for (final Share share : shares) {
            common = common / gcd(common, share.denominator) * share.denominator;
            if (common > MAX_DENOMINATOR) {
                throw new IllegalArgumentException(
                        "share=" + share + ", expected shares with a common denominator of at most " + MAX_DENOMINATOR
                                + "; round the shares to fewer digits");
            }
        }
        return common;
    }

    private static long gcd(final long a, final long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
