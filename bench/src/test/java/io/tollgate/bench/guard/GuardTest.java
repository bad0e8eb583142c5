package io.tollgate.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.FastMachine;
import io.tollgate.examples.workload.Stretch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

final class GuardTest {
    private static final Bands RECORDED = Bands.around(List.of(Results.of("apply", 2, 0)));

    @ParameterizedTest
    @CsvSource({"2, 0", "2.5, 0.02", "1.6, 0.1"})
    void shouldPassInsideTheBand(final double ratio, final double bytes) {
        assertEquals(Optional.empty(), Guard.violation(Results.of("apply", ratio, bytes), RECORDED));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 'apply: ratio 3.00, expected 1.54 to 2.60; it is slower than recorded, relative to its reference'",
        "1, 0, 'apply: ratio 1.00, expected 1.54 to 2.60; it is faster than recorded, relative to its reference:"
                + " record the new band with guard --record'",
        "2, 0.11, 'apply: allocates 0.110 B/op, expected at most 0.1'",
        "3, 16, 'apply: allocates 16.000 B/op, expected at most 0.1'"
    })
    void shouldSayInOneLineWhatIsWrong(final double ratio, final double bytes, final String line) {
        assertEquals(Optional.of(line), Guard.violation(Results.of("apply", ratio, bytes), RECORDED));
    }

    @Test
    void shouldWidenABandAtBothEndsButNotForWhatAllocates() {
        final Bands widened = RECORDED.widened(1.5);

        assertEquals(Optional.empty(), Guard.violation(Results.of("apply", 3.8, 0), widened));
        assertEquals(Optional.empty(), Guard.violation(Results.of("apply", 1.1, 0), widened));
        assertTrue(Guard.violation(Results.of("apply", 4, 0), widened).isPresent());
        assertTrue(Guard.violation(Results.of("apply", 1, 0), widened).isPresent());
        assertTrue(Guard.violation(Results.of("apply", 2, 0.11), widened).isPresent());
    }

    @Test
    void shouldNameEachPairWithoutABandBeforeAnythingIsMeasured() {
        final List<String> measured = new ArrayList<>();
        final Guard guard = new Guard(GuardForm.SHORT.effort(), measured::add);

        assertEquals(
                List.of(
                        "offer: no band is recorded; record all bands with guard --record",
                        "evict: no band is recorded; record all bands with guard --record"),
                guard.check(List.of(pair("apply"), pair("offer"), pair("evict")), RECORDED));
        assertEquals(List.of(), measured);
    }

    /** A ratio outside its band is a violation only if the second measurement is outside too. */
    @ParameterizedTest
    @CsvSource({"'2', 1, 0", "'3,2', 2, 0", "'3,3,2', 2, 1", "'1,3', 2, 1"})
    void shouldMeasureWhatBreaksARuleOnceMore(final String ratios, final int runs, final int violations) {
        final Iterator<String> next = List.of(ratios.split(",")).iterator();
        final List<BenchmarkPair> measured = new ArrayList<>();
        final Guard guard = new Guard(
                pair -> {
                    measured.add(pair);
                    return Results.of(pair.name(), Double.parseDouble(next.next()), 0);
                },
                line -> {});

        assertEquals(violations, guard.check(List.of(pair("apply")), RECORDED).size());
        assertEquals(runs, measured.size());
    }

    private static BenchmarkPair pair(final String name) {
        return new BenchmarkPair(name, "Nothing.measured", "Nothing.measured", Map.of(), 1);
    }

    @Test
    void shouldReadBackWhatWasWrittenAndKeepOtherFormsAndProcessors(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("guard.json");
        final Bands other = Bands.around(List.of(Results.of("offer", 0.0123, 0)));
        RECORDED.write(file, "one", "full");
        other.write(file, "one", "short");
        other.write(file, "two", "full");
        RECORDED.write(file, "one", "full");
        assertEquals(RECORDED, Bands.read(file, "one", "full"));
        assertEquals(other, Bands.read(file, "one", "short"));
        assertEquals(other, Bands.read(file, "two", "full"));
        assertEquals(Map.of(), Bands.read(file, "two", "short").byName());
        assertEquals(Map.of(), Bands.read(file, "three", "full").byName());
        assertEquals(Map.of(), Bands.read(file, "one", "none").byName());
    }

    @Test
    void shouldTakeFromTheLeastToTheMostOfAllProcessors(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("guard.json");
        final Bands slower = Bands.around(List.of(Results.of("apply", 5, 0), Results.of("offer", 3, 0)));
        RECORDED.write(file, "one", "full");
        slower.write(file, "two", "full");
        assertEquals(
                Map.of("apply", new Band(1.54, 6.5), "offer", Band.around(3)),
                Bands.readAll(file, "full").byName());
    }

    @Test
    void shouldKeepTheBandsOfOtherPairsUnlessTheyAreGone() {
        final Bands before = Bands.around(
                List.of(Results.of("apply", 2, 0), Results.of("offer", 3, 0), Results.of("dropped", 4, 0)));

        final Bands after =
                before.keeping(List.of("apply", "offer", "new")).with(Bands.around(List.of(Results.of("offer", 5, 0))));

        assertEquals(Map.of("apply", Band.around(2), "offer", Band.around(5)), after.byName());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--only nothing | --only=nothing, expected a part of one of [tick W1:250 FLOW, ",
                "--short --only W1:1000 | --only=W1:1000, expected a part of one of [tick W1:100 FLOW, ",
                "--rounds 2 | --rounds=2, expected an odd number",
                "--widen 0.5 | --widen=0.5, expected 1 or more"
            })
    void shouldRefuseWhatItDoesNotKnowBeforeAnythingIsMeasured(final String arguments, final String message) {
        final StringWriter err = new StringWriter();
        final CommandLine command = new CommandLine(new GuardCommand()).setErr(new PrintWriter(err));
        assertEquals(2, command.execute(arguments.split(" ")));
        assertTrue(err.toString().startsWith(message), err::toString);
    }

    @Test
    void shouldNameTheFileAndPairThatAreDamaged(@TempDir final Path directory) throws IOException {
        final Path file =
                Files.writeString(directory.resolve("guard.json"), "{\"one\":{\"full\":{\"apply\":{\"low\":1}}}}");
        final Exception e = assertThrows(IllegalArgumentException.class, () -> Bands.read(file, "one", "full"));
        assertEquals("file=" + file + " pair=apply, expected an object with the numbers low and high", e.getMessage());
    }

    /** The bands in the repository. */
    @ParameterizedTest
    @EnumSource(GuardForm.class)
    void shouldHaveABandForEachPair(final GuardForm form) throws IOException {
        final Bands recorded = Bands.readAll(Path.of("guard.json"), form.text());
        assertEquals(
                form.pairs().stream().map(BenchmarkPair::name).collect(Collectors.toSet()),
                recorded.byName().keySet());
    }

    @ParameterizedTest
    @EnumSource(GuardForm.class)
    void shouldMeasureNoPairWhereAllSeriesNeedAnotherBlockAtOnce(final GuardForm form) {
        final List<Stretch> stretches = form.pairs().stream()
                .flatMap(pair -> FastMachine.stretch(pair, form.effort()).stream())
                .toList();
        assertTrue(stretches.stream().anyMatch(stretch -> stretch.workload().isInStep()));
        stretches.forEach(stretch -> assertFalse(stretch.isAcrossBlocks(), stretch::reason));
    }

    @ParameterizedTest
    @EnumSource(GuardForm.class)
    void shouldNameEachPairOnce(final GuardForm form) {
        final List<String> names =
                form.pairs().stream().map(BenchmarkPair::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size(), names::toString);
        assertTrue(form.effort().roundCount() % 2 == 1, "an even number of ratios has no median among them");
    }
}
