package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The oracle must distinguish the nearest double from its neighbours. */
class NearestDoubleTest {
    private static final BigInteger THREE = BigInteger.valueOf(3);

    @Test
    void shouldAcceptTheNearestAndRefuseBothNeighbours() {
        for (final double third : new double[] {1.0 / 3, 2.0 / 3}) {
            final BigInteger numerator = third < 0.5 ? BigInteger.ONE : BigInteger.TWO;
            NearestDouble.assertNearest(numerator, THREE, third, "third");
            refuses(numerator, THREE, Math.nextUp(third));
            refuses(numerator, THREE, Math.nextDown(third));
            refuses(numerator, THREE, -third);
        }
    }

    @Test
    void shouldSendATieToTheEvenNeighbour() {
        final BigInteger tie = BigInteger.ONE.shiftLeft(53).add(BigInteger.ONE);
        NearestDouble.assertNearest(tie, BigInteger.ONE, 0x1p53, "tie");
        refuses(tie, BigInteger.ONE, 0x1p53 + 2);
        NearestDouble.assertNearest(tie.add(BigInteger.TWO), BigInteger.ONE, 0x1p53 + 4, "tie");
        refuses(tie.add(BigInteger.TWO), BigInteger.ONE, 0x1p53 + 2);
    }

    @Test
    void shouldKnowThatPlacesAreFinerBelowAPowerOfTwo() {
        final BigInteger belowOne = BigInteger.ONE.shiftLeft(54).subtract(BigInteger.ONE);
        final BigInteger denominator = BigInteger.ONE.shiftLeft(54);
        NearestDouble.assertNearest(belowOne, denominator, 1.0, "tie below 1");
        final BigInteger nearer = belowOne.shiftLeft(1).subtract(BigInteger.ONE);
        NearestDouble.assertNearest(nearer, denominator.shiftLeft(1), Math.nextDown(1.0), "below the tie");
        refuses(nearer, denominator.shiftLeft(1), 1.0);
    }

    @Test
    void shouldRefuseARootThatIsOneUlpOff() {
        final double root = 3.0;
        final BigInteger nine = BigInteger.valueOf(9);
        NearestDouble.assertRoot(nine, BigInteger.ONE, root, "root");
        for (final double wrong : new double[] {Math.nextUp(root), Math.nextDown(root)}) {
            assertThrows(AssertionError.class, () -> NearestDouble.assertRoot(nine, BigInteger.ONE, wrong, "root"));
        }
    }

    private static void refuses(final BigInteger numerator, final BigInteger denominator, final double actual) {
        assertThrows(
                AssertionError.class, () -> NearestDouble.assertNearest(numerator, denominator, actual, "refused"));
    }
}
