package io.tollgate.examples.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Instants;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and {@link PanelOracle} give exactly the same answers for random files. */
final class PanelOracleTest {
    private static final int FILES = 40;
    private static final int INSTANTS = 30;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<String> POLICIES = List.of("DROP_AND_RENORMALISE", "AS_ZERO", "FAIL");

    /** Lines refused for different reasons. Only the last two have a time and a value that can be parsed. */
    private static final List<String> BAD = List.of(
            "m1",
            "m1,720,x",
            "m1,2025-01-01,1",
            "m1,noon,1",
            "m1,720,1e41",
            "m1,720,0.1234567891",
            "m1,720,\"1,000\"",
            "m..1,720,1",
            "\"m1,720,1");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {20_261_125, 1, 2})
    void shouldAnswerAsTheOracleDoes(final long seed) throws IOException {
        for (int i = 0; i < FILES; i++) {
            final long fileSeed = seed * FILES + i;
            compare(new Random(fileSeed), POLICIES.get(i % POLICIES.size()), "seed=" + fileSeed);
        }
    }

    private void compare(final Random random, final String missing, final String message) throws IOException {
        final PanelOracle oracle = new PanelOracle();
        final List<String> refused = new ArrayList<>();
        final boolean isKnown = random.nextBoolean();
        final Optional<Long> knownAt =
                isKnown && random.nextBoolean() ? Optional.of(60L * (random.nextInt(130) - 5)) : Optional.empty();
        final Path rates = file("rates.csv", random, isKnown, knownAt, 6, oracle.rates(), refused);
        final Path weights = file("weights.csv", random, isKnown, knownAt, 2, oracle.weights(), refused);
        final long[] instants =
                random.longs(INSTANTS, -5, 125).map(at -> at * 60).toArray();
        final List<Object> more = new ArrayList<>(List.of("--missing", missing, "--time-unit", "s"));
        knownAt.ifPresent(instant -> more.addAll(List.of("--as-known-at", instant)));
        final CommandRun run = PanelRun.of(
                rates, weights, join(instants), "simple,weighted,tri,coverage,frequency,hhi,covered", more.toArray());
        assertEquals(
                refused,
                run.errLines().stream()
                        .filter(line -> line.matches(".*\\.csv:[0-9]+: .*"))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList(),
                message);
        assertEquals(refused.isEmpty() ? 0 : 1, run.exitCode(), message);
        final List<String> lines = run.outLines();
        assertEquals("time,metric,value,covered_weight,status", lines.get(0), message);
        int line = 1;
        for (final long at : instants) {
            for (final PanelOracle.Answer answer : oracle.read(at, missing)) {
                assertLine(at * SECOND_NS, answer, lines.get(line++), message);
            }
        }
        assertEquals(lines.size(), line, message);
    }

    private static void assertLine(
            final long at, final PanelOracle.Answer answer, final String line, final String message) {
        final String[] fields = line.split(",", -1);
        assertEquals(5, fields.length, message + ' ' + line);
        assertEquals(Instants.format(at), fields[0], message);
        assertEquals(answer.metric(), fields[1], message);
        assertEquals(answer.status(), fields[4], message + ' ' + line);
        assertEquals(answer.covered().doubleValue(), Double.parseDouble(fields[3]), message + ' ' + line);
        if (answer.value().isEmpty()) {
            assertEquals("", fields[2], message + ' ' + line);
            return;
        }
        final double expected = answer.value().get().doubleValue();
        final double actual = Double.parseDouble(fields[2]);
        final double bound = answer.metric().equals("tri") ? Math.ulp(expected) : 0;
        assertTrue(Math.abs(expected - actual) <= bound, () -> message + " expected " + expected + ": " + line);
    }

    /** Writes a file of levels of up to 9 series, in any order of time, and passes the same levels to the oracle. */
    private Path file(
            final String name,
            final Random random,
            final boolean isKnown,
            final Optional<Long> knownAtOfRead,
            final int scale,
            final Map<String, TreeMap<Long, Optional<BigDecimal>>> levels,
            final List<String> refused)
            throws IOException {
        final Path file = directory.resolve(name);
        final int seriesCount = 1 + random.nextInt(9);
        final int lineCount = random.nextInt(120);
        final Map<String, Long> known = new HashMap<>();
        final StringBuilder text = new StringBuilder(isKnown ? "known_at,series,time,value\n" : "series,time,value\n");
        int number = 1;
        for (int i = 0; i < lineCount; i++) {
            number++;
            if (random.nextInt(25) == 0) {
                text.append(isKnown ? "420," : "")
                        .append(BAD.get(random.nextInt(BAD.size())))
                        .append('\n');
                refused.add(file + ":" + number + ":");
                continue;
            }
            final String key = "m" + random.nextInt(seriesCount);
            final long time = 60L * random.nextInt(120);
            final Optional<BigDecimal> value = value(random, scale);
            final long knownAt = 60L * (i - random.nextInt(3));
            text.append(isKnown ? knownAt + "," : "")
                    .append(key)
                    .append(',')
                    .append(random.nextBoolean() ? Long.toString(time) : Instants.format(time * SECOND_NS))
                    .append(',')
                    .append(value.map(BigDecimal::toString).orElse(random.nextBoolean() ? "NA" : ""))
                    .append('\n');
            if (isKnown && knownAt < known.getOrDefault(key, Long.MIN_VALUE)) {
                refused.add(file + ":" + number + ":");
            } else {
                known.put(key, knownAt);
                if (knownAtOfRead.isEmpty() || knownAt <= knownAtOfRead.get()) {
                    levels.computeIfAbsent(key, any -> new TreeMap<>()).put(time, value);
                }
            }
        }
        return Files.writeString(file, text);
    }

    private static Optional<BigDecimal> value(final Random random, final int scale) {
        return switch (random.nextInt(10)) {
            case 0 -> Optional.empty();
            case 1, 2 -> Optional.of(BigDecimal.ZERO);
            case 3 -> Optional.of(BigDecimal.valueOf(-random.nextInt(1_000), scale));
            case 4 -> Optional.of(BigDecimal.valueOf(random.nextLong() >> 1 + random.nextInt(40), scale));
            default -> Optional.of(BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(scale + 1)));
        };
    }

    private static String join(final long[] instants) {
        return Arrays.stream(instants).mapToObj(Long::toString).collect(Collectors.joining(","));
    }
}
