package io.tollgate.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.Instants;
import io.tollgate.data.TestSeed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** The parser of bytes gives the instants and the messages of {@link Instants}. */
class ValueTextTest {
    private static final String BYTES = "0123456789/:.-+TZz \0\u007F";

    private final ValueText values = new ValueText();
    private final Random random = new Random(TestSeed.of("ValueTextTest"));

    private static String result(final LongSupplier parser) {
        try {
            return Long.toString(parser.getAsLong());
        } catch (final IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void assertSame(final String text) {
        final byte[] bytes = ('x' + text).getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                result(() -> Instants.parse(text)), result(() -> values.instantNs(bytes, 1, bytes.length - 1)), text);
    }

    @Test
    void shouldParseInstantsOfAnyNumberOfDigitsLikeTheApi() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            final long seconds = random.nextLong() / 1_000_000_000 / (1 + random.nextInt(3) * 1_000);
            text.setLength(0);
            text.append(Instant.ofEpochSecond(seconds)).setLength("2025-05-14T04:01:00".length());
            final int digits = random.nextInt(11);
            text.append(digits == 0 ? "" : ".");
            for (int j = 0; j < digits; j++) {
                text.append(random.nextInt(10));
            }
            text.append('Z');
            assertSame(text.toString());
            text.setCharAt(random.nextInt(text.length()), BYTES.charAt(random.nextInt(BYTES.length())));
            assertSame(text.toString());
        }
    }
}
