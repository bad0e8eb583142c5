package io.tollgate.core.store.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTrieTest {
    private static final String[] SEGMENTS = {"*", "a", "b", "c d", "*", "-"};

    @ParameterizedTest
    @CsvSource({
        "tariff.US.CN.*, tariff.US.CN.85411000, true",
        "tariff.US.CN.*, tariff.US.CN.85411000.ieepa, true",
        "tariff.US.CN.*, tariff.US.CN, false",
        "tariff.US.CN.*, tariff.US.MX.85411000, false",
        "tariff.*.CN, tariff.US.CN, true",
        "tariff.*.CN, tariff.US.EU.CN, false",
        "tariff.*.CN, tariff.CN, false",
        "*, tariff, true",
        "*, tariff.US, true",
        "*.*, tariff, false",
        "*.*, tariff.US.CN, true",
        "tariff.US, tariff.US, true",
        "tariff.US, tariff.US.CN, false",
        "tariff.US, tariff.us, false"
    })
    void shouldFitAKeyOrNot(final String pattern, final String key, final boolean isExpected) {
        final PatternTrie<String> trie = new PatternTrie<>();
        trie.put(pattern, pattern);
        assertEquals(isExpected ? List.of(pattern) : List.of(), trie.matching(key));
        assertEquals(isExpected, regex(pattern).matcher(key).matches(), "the oracle");
        assertEquals(Optional.of(pattern), trie.get(pattern));
        assertEquals(Optional.empty(), trie.get("other"));
    }

    @Test
    void shouldFindWhatRegularExpressionsFind() {
        final Random random = new Random(2_026);
        int matches = 0;
        for (int round = 0; round < 200; round++) {
            final PatternTrie<String> trie = new PatternTrie<>();
            final Map<String, String> values = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                final String pattern = text(random, SEGMENTS);
                trie.put(pattern, pattern + i);
                values.put(pattern, pattern + i);
            }
            for (int i = 0; i < 50; i++) {
                final String key = text(random, "a", "b", "c d", "-", "e");
                final Set<String> expected = values.entrySet().stream()
                        .filter(entry -> regex(entry.getKey()).matcher(key).matches())
                        .map(Map.Entry::getValue)
                        .collect(Collectors.toSet());
                final List<String> found = trie.matching(key);
                assertEquals(expected, new HashSet<>(found), key);
                assertEquals(expected.size(), found.size(), "each once");
                matches += found.size();
            }
            values.forEach((pattern, value) -> assertEquals(Optional.of(value), trie.get(pattern)));
        }
        assertTrue(matches > 1_000, "matches=" + matches);
    }

    @Test
    void shouldGiveThemInAnOrderThatDependsOnThePatternsOnly() {
        final List<String> patterns = List.of("*", "a.*", "*.b", "a.b", "*.*", "a.c");
        final PatternTrie<String> forwards = new PatternTrie<>();
        patterns.forEach(pattern -> forwards.put(pattern, pattern));
        final PatternTrie<String> backwards = new PatternTrie<>();
        for (int i = patterns.size() - 1; i >= 0; i--) {
            backwards.put(patterns.get(i), patterns.get(i));
        }
        assertEquals(5, forwards.matching("a.b").size());
        assertEquals(forwards.matching("a.b"), backwards.matching("a.b"));
    }

    private static String text(final Random random, final String... segments) {
        final String[] chosen = new String[1 + random.nextInt(4)];
        Arrays.setAll(chosen, i -> segments[random.nextInt(segments.length)]);
        return String.join(".", chosen);
    }

    private static Pattern regex(final String pattern) {
        final String[] segments = pattern.split("[.]");
        final StringBuilder regex = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            final boolean isLast = i == segments.length - 1;
            final boolean isAny = segments[i].equals("*");
            regex.append(i == 0 ? "" : "[.]");
            regex.append(!isAny ? Pattern.quote(segments[i]) : isLast ? ".+" : "[^.]+");
        }
        return Pattern.compile(regex.toString());
    }
}
