package io.tollgate.api.series;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * Validates series keys. A key is 1 to 128 bytes of UTF-8 without control characters, in one or more non-empty segments
 * joined by dots, for example {@code tariff.US.CN.85411000.ieepa-reciprocal}. Commas, spaces and colons are allowed;
 * {@code *} is allowed only in patterns.
 */
public final class SeriesKey {
    /** The length of the longest key, in bytes of UTF-8. */
    public static final int MAX_LENGTH = 128;

    private SeriesKey() {}

    /**
     * Checks a key.
     *
     * @param key key to check.
     * @return the same key.
     * @throws IllegalArgumentException if the key is invalid; the message names the broken rule.
     */
    public static String validate(final String key) {
        Objects.requireNonNull(key, "key");
        return validate("seriesKey", key, false);
    }

    /** Checks a key or a pattern; the name describes it in messages. */
    static String validate(final String name, final String key, final boolean isPattern) {
        final int length = length(key);
        if (length == 0 || length > MAX_LENGTH) {
            throw refused(name, key, length + " bytes of UTF-8, expected 1 to " + MAX_LENGTH);
        }
        if (key.startsWith(".") || key.endsWith(".") || key.contains("..")) {
            throw refused(name, key, "an empty segment, expected non-empty segments joined by dots");
        }
        for (int i = 0; i < key.length(); i++) {
            final char c = key.charAt(i);
            if (Character.isISOControl(c)) {
                final String found = String.format(Locale.ROOT, "control character U+%04X at %d", (int) c, i);
                throw refused(name, key, found + ", expected none");
            }
            if (c == '*') {
                requireStar(name, key, i, isPattern);
            }
            if (Character.isSurrogate(c)) {
                i = pairEnd(name, key, i);
            }
        }
        return key;
    }

    /** Returns the length in bytes of UTF-8; half a surrogate pair counts as a replacement character. */
    private static int length(final String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) > 0x7F) {
                return key.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return key.length();
    }

    private static void requireStar(final String name, final String key, final int index, final boolean isPattern) {
        if (!isPattern) {
            throw refused(name, key, "'*' at " + index + ", expected a key: '*' stands only in patterns");
        }
        final boolean isSegment = (index == 0 || key.charAt(index - 1) == '.')
                && (index + 1 == key.length() || key.charAt(index + 1) == '.');
        if (!isSegment) {
            throw refused(name, key, "'*' beside other text at " + index + ", expected '*' to be a whole segment");
        }
    }

    private static int pairEnd(final String name, final String key, final int index) {
        if (index + 1 < key.length() && Character.isSurrogatePair(key.charAt(index), key.charAt(index + 1))) {
            return index + 1;
        }
        throw refused(name, key, "half a surrogate pair at " + index + ", expected well-formed text");
    }

    private static IllegalArgumentException refused(final String name, final String key, final String why) {
        return new IllegalArgumentException(name + "=" + shown(key) + " has " + why);
    }

    /** Formats a refused key for a message: control characters as escapes, and a long key shortened. */
    private static String shown(final String key) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < key.length() && i < MAX_LENGTH; ) {
            final int c = key.codePointAt(i);
            final boolean isText = !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
            text.append(isText ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c));
            i += Character.charCount(c);
        }
        return key.length() > MAX_LENGTH ? text + "..." : text.toString();
    }
}
