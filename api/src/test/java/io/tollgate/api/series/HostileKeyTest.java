package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.TestSeed;
import io.tollgate.api.text.PatternSegments;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random keys and patterns, compared with slow and obvious rules. The API takes a key or refuses it in one readable
 * line.
 */
class HostileKeyTest {
    private static final int ROUNDS = 5_000;
    private static final int MAX_MESSAGE_LENGTH = 1_000;
    private static final int[] ODD = {
        0, '\t', '\n', '\r', 0x1f, ' ', '"', '*', ',', '.', ':', '=', '\\', '$', 0x7f, 0x80, 0x85, 0x9f, 0xa0, 0xad,
        0xe9, 0x301, 0x7ff, 0x800, 0x2028, 0x202e, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff, 0xfffd,
        0xffff, 0x10000, 0x1f6a2, 0x10ffff
    };

    private final long seed = TestSeed.of("HostileKeyTest");
    private final Random random = new Random(seed);
    private int takenCount;

    @Test
    void shouldTakeAKeyOrNameItsDefect() {
        for (int i = 0; i < ROUNDS; i++) {
            final String key = text();
            require(SeriesKey::validate, "seriesKey", key, isKey(key));
        }
        requireBoth();
    }

    @Test
    void shouldTakeAPatternOrNameItsDefect() {
        for (int i = 0; i < ROUNDS; i++) {
            final String pattern = text();
            require(SeriesPattern::validate, "pattern", pattern, isPattern(pattern));
        }
        requireBoth();
    }

    @Test
    void shouldFitTheKeysThatAnExpressionFits() {
        int fits = 0;
        for (int i = 0; i < ROUNDS; i++) {
            final String key = segments(false);
            final String pattern = segments(true);
            final boolean isFit = expression(pattern).matcher(key).matches();
            assertEquals(isFit, SeriesPattern.fits(pattern, key), () -> what(pattern) + " key=" + key);
            if (isFit) {
                fits++;
                final String code = PatternSegments.code(pattern, key).orElseThrow();
                assertEquals(key, PatternSegments.key(pattern, code), () -> what(pattern) + " code=" + code);
            }
        }
        assertTrue(fits > 0 && fits < ROUNDS, "fits=" + fits);
    }

    /** The last star matches all remaining segments, at any place. */
    @Test
    void shouldFindThePatternSegmentsThatLeadToAKey() {
        int led = 0;
        for (int i = 0; i < ROUNDS; i++) {
            final String key = segments(false);
            final String pattern = segments(true);
            final int last = List.of(pattern.split("\\.")).lastIndexOf(SeriesPattern.ANY);
            final boolean isLed =
                    last >= 0 && expression(pattern, last).matcher(key).matches();
            final Optional<String> code = PatternSegments.codeLeadingTo(pattern, key);
            assertEquals(isLed, code.isPresent(), () -> what(pattern) + " key=" + key);
            if (isLed) {
                led++;
                assertEquals(key, PatternSegments.key(pattern, code.get()), () -> what(pattern) + " code=" + code);
            }
        }
        assertTrue(led > 0 && led < ROUNDS, "led=" + led);
    }

    private void require(
            final UnaryOperator<String> validation, final String name, final String text, final boolean isValid) {
        Optional<String> refusal = Optional.empty();
        try {
            assertEquals(text, validation.apply(text));
            takenCount++;
        } catch (final IllegalArgumentException e) {
            refusal = Optional.of(e.getMessage());
        }
        assertEquals(isValid, refusal.isEmpty(), () -> what(text));
        refusal.ifPresent(message -> {
            assertTrue(message.startsWith(name + "=") && message.contains(", expected "), message);
            assertTrue(message.length() < MAX_MESSAGE_LENGTH, () -> what(text) + " message=" + message.length());
            assertTrue(isReadable(message), () -> what(text) + " message=" + message);
        });
    }

    private void requireBoth() {
        assertTrue(takenCount > 0 && takenCount < ROUNDS, "seed=" + seed + " taken=" + takenCount);
    }

    private String what(final String text) {
        return "seed=" + seed + " text="
                + text.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    }

    private static boolean isReadable(final String text) {
        return isWellFormed(text) && text.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL);
    }

    private static boolean isWellFormed(final String text) {
        return length(text) >= 0;
    }

    /** Returns the length in bytes of UTF-8, -1 if the text has no such form. */
    private static int length(final String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (final CharacterCodingException e) {
            return -1;
        }
    }

    private static boolean isKey(final String text) {
        return isPattern(text) && text.indexOf('*') < 0;
    }

    private static boolean isPattern(final String text) {
        return length(text) > 0
                && length(text) <= 128
                && isReadable(text)
                && Arrays.stream(text.split("\\.", -1))
                        .allMatch(segment -> !segment.isEmpty() && (segment.equals("*") || segment.indexOf('*') < 0));
    }

    private static Pattern expression(final String pattern) {
        return expression(pattern, pattern.split("\\.").length - 1);
    }

    /** The star at the given place stands for one or more segments, each other star for exactly one. */
    private static Pattern expression(final String pattern, final int openAt) {
        final String[] segments = pattern.split("\\.");
        final StringJoiner expression = new StringJoiner("\\.");
        for (int i = 0; i < segments.length; i++) {
            final String star = i == openAt ? ".+" : "[^.]+";
            expression.add(segments[i].equals(SeriesPattern.ANY) ? star : Pattern.quote(segments[i]));
        }
        return Pattern.compile(expression.toString());
    }

    /** Draws odd characters among plain ones, often close to the greatest length, sometimes far longer. */
    private String text() {
        final StringBuilder text = new StringBuilder();
        final int oddity = random.nextInt(40);
        final int wanted = random.nextInt(8) > 0 ? random.nextInt(12) : 120 + random.nextInt(16);
        while (text.length() < wanted) {
            text.appendCodePoint(random.nextInt(40) < oddity ? any() : "ab-.".charAt(random.nextInt(4)));
        }
        return random.nextInt(1_000) == 0 ? text.toString().repeat(1_000) : text.toString();
    }

    private int any() {
        return random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : random.nextInt(0x110000);
    }

    /** Draws few segments of few characters, so that many match. */
    private String segments(final boolean isPattern) {
        final String[] some = {"a", "b", "$1", "\\", "[^.]", "\ud83d\udea2", "a a", isPattern ? "*" : "c"};
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(text.length() == 0 ? "" : ".");
            text.append(isPattern && random.nextInt(3) == 0 ? "*" : some[random.nextInt(some.length)]);
        }
        return text.toString();
    }
}
