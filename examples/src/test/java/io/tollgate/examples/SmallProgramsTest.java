package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each small program runs, prints the expected lines, and is short. */
final class SmallProgramsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/tollgate/examples");
    private static final Path SOURCES_OF_TESTS = Path.of("src/test/java/io/tollgate/examples");
    private static final int MOST_LINES = 70;

    /** A program and its output. */
    record Program(String name, Main main, List<String> output) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The main method of a program. */
    interface Main {
        void run(String[] args) throws Exception;
    }

    static Stream<Program> programs() {
        return Stream.of(readers(), panels(), auditors(), followers(), monitored())
                .flatMap(Function.identity());
    }

    /** Returns the source of a program. One that needs more libraries than the jar has is beside the tests. */
    static Path source(final String program) {
        final Path source = SOURCES.resolve(program + ".java");
        return Files.exists(source) ? source : SOURCES_OF_TESTS.resolve(program + ".java");
    }

    private static Stream<Program> monitored() {
        return Stream.of(new Program(
                "MonitoredEngine",
                MonitoredEngine::main,
                List.of(
                        "tollgate_applied_points_total{engine=\"customs\"} 2.0",
                        "tollgate_late_points_total{engine=\"customs\"} 0.0",
                        "tollgate_series{engine=\"customs\"} 1.0")));
    }

    /** The shares of the imports are 60 and 40, then 10 and 90; the parts of the split code are 1/4 and 3/4. */
    private static Stream<Program> auditors() {
        return Stream.of(
                new Program("RateOrMix", RateOrMix::main, List.of("34.0% to 17.6%", "rates 1.6, mix -18.0")),
                new Program(
                        "SplitCode",
                        SplitCode::main,
                        List.of("2021-12-31T00:00Z 25.0%", "2022-01-02T00:00Z 25.0%", "2024-10-01T00:00Z 31.25%")),
                new Program(
                        "PendingAndRevised",
                        PendingAndRevised::main,
                        List.of(
                                "2025-04-05T04:01:00Z to 30%, by 10.0",
                                "2025-04-09T04:01:00Z to 104%, by 74.0",
                                "30% known since 2025-04-02T20:00:00Z",
                                "54% known since 2025-04-02T20:00:00Z",
                                "104% known since 2025-04-08T14:00:00Z")),
                new Program(
                        "EndOfASeries",
                        EndOfASeries::main,
                        List.of(
                                "ended 2026-02-20T05:00:00Z, followed by tariff.s122",
                                "level INSUFFICIENT",
                                "forgotten 1",
                                "and still 20% before")),
                new Program(
                        "RefusedPoints",
                        RefusedPoints::main,
                        List.of("DUPLICATE 2025-06-02T00:00:00Z 7", "1 in the log", "checkpoint up to operation 4")));
    }

    private static Stream<Program> readers() {
        return Stream.of(
                new Program("FirstSteps", FirstSteps::main, List.of("94.65562386156648 OK")),
                new Program("ManyProducers", ManyProducers::main, List.of("100000 licences, 100000 in all")),
                new Program(
                        "LateAndRevised",
                        LateAndRevised::main,
                        List.of(
                                "in order  mean 15.0, max 20.0",
                                "late      mean 16.5, max 20.0",
                                "revised   mean 21.5, max 30.0",
                                "withdrawn mean 20.0, max 30.0")),
                new Program(
                        "LicenceOffice",
                        LicenceOffice::main,
                        List.of("pending 1, in force 3, approved 0.75, median 30 days")),
                new Program(
                        "ReadWhileWriting",
                        ReadWhileWriting::main,
                        List.of("saw all of 100000 points, and never a torn one")),
                new Program("KeepTheData", KeepTheData::main, List.of("145% since 2025-04-10T04:01:00Z")),
                new Program(
                        "MoveASeries",
                        MoveASeries::main,
                        List.of("145%, expected before: 84%", "1 series from 229 bytes")),
                new Program("ReadFromOutside", ReadFromOutside::main, List.of("OPEN: 20.0%")),
                new Program("SeveralEngines", SeveralEngines::main, List.of("EU 24.5%", "US 24.5%")),
                new Program(
                        "SteppedEngine",
                        SteppedEngine::main,
                        List.of(
                                "worked: true, applied: 2",
                                "2025-05-12T00:00:00Z: 145%, then 30%",
                                "2025-05-14T04:01:00Z: 30%")),
                new Program(
                        "AsKnownAt",
                        AsKnownAt::main,
                        List.of(
                                "known 2025-07-01: 10%, and 34% in PT1012H1M",
                                "known 2025-08-11: 10%, and 34% in PT3173H1M",
                                "known 2025-11-04: 10%, and 34% in PT11933H1M",
                                "known 2026-02-20: 10%, and 0% in PT5621H1M")),
                new Program(
                        "DatesAndZones",
                        DatesAndZones::main,
                        List.of(
                                "true true true 2025-05-14T04:01:00Z",
                                "2025-12-30T05:01:00Z is not 2025-12-30T04:01:00Z")),
                new Program("FastPath", FastPath::main, List.of("180 of 1000")),
                new Program(
                        "MetricTour",
                        MetricTour::main,
                        List.of("rate: mean 94.65573770491804, p90 145.0", "licences: mean 50.0, p90 76.0")));
    }

    private static Stream<Program> panels() {
        return Stream.of(
                new Program(
                        "TariffRevision",
                        TariffRevision::main,
                        List.of(
                                "all 2.452450144126125%, chapter 85 2.282503578575015%",
                                "all 145.0%, chapter 85 145.0%")),
                new Program(
                        "WeightedAverage",
                        WeightedAverage::main,
                        List.of(
                                "first: 2.8925619834710745%, without weights 20.0%, OK",
                                "now: 7.024793388429752%, without weights 21.25%, OK",
                                "as known before: 2.8925619834710745%, without weights 20.0%, OK")),
                new Program("DutyStack", DutyStack::main, List.of("OK 77.9%, duty 11039.99 USD, base 410.99")),
                new Program(
                        "CollectedRate",
                        CollectedRate::main,
                        List.of("collected 7.142857142857143%, OK", "correlation 0.8285714285714286")),
                new Program(
                        "SteelStudy",
                        SteelStudy::main,
                        List.of(
                                "ALPHA 0.0016307692307692308",
                                "BETA 1.4215384615384612",
                                "SIGMA 0.0022820368769352318",
                                "CAR -0.046138461538461545",
                                "T_SIMPLE -11.672928451971726",
                                "T_EXACT -8.26992588983023")));
    }

    private static Stream<Program> followers() {
        return Stream.of(
                new Program(
                        "AlertFromFile",
                        AlertFromFile::main,
                        List.of(
                                "rate.72083900 FIRED at 40.00000000000001%, 2025-06-22T04:01:00.000000001Z",
                                "rate.76011060 FIRED at 40.000000000000014%, 2025-06-26T16:01:00.000000001Z")),
                new Program(
                        "WatchARate",
                        WatchARate::main,
                        List.of(
                                "2025-04-11T04:01:00Z FIRED at 145.0%",
                                "2025-05-14T04:01:00Z CLEARED at 30.0%",
                                "and if it had been suspended in April:",
                                "2025-04-11T04:01:00Z FIRE_RETRACTED at 10.0%",
                                "2025-05-14T04:01:00Z CLEAR_RETRACTED at 30.0%")),
                new Program(
                        "ApprovalAlert",
                        ApprovalAlert::main,
                        List.of(
                                "2025-06-03T00:00:00Z FIRED at 37.5%",
                                "2025-08-12T00:00:00Z CLEARED at 61.53846153846154%")),
                new Program(
                        "ExpiringLicences",
                        ExpiringLicences::main,
                        List.of(
                                "2025-04-24T00:00:00Z 5 end within 30 days",
                                "2025-05-04T00:00:00Z 10 end within 30 days",
                                "2025-05-24T00:00:00Z 5 end within 30 days",
                                "2025-06-03T00:00:00Z 0 end within 30 days")),
                new Program(
                        "FollowChanges",
                        FollowChanges::main,
                        List.of(
                                "1 2025-05-12T00:00:00Z NaN -> 104.0 POINT",
                                "2 2025-05-12T00:00:00Z 104.0 -> 145.0 REVISION",
                                "3 2025-05-14T04:01:00Z 145.0 -> 30.0 TIME")));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldPrintWhatItShould(final Program program) throws Exception {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream standardOut = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.main().run(new String[0]);
        } finally {
            System.setOut(standardOut);
        }
        assertEquals(
                program.output(),
                printed.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldBeSmall(final Program program) throws IOException {
        final int lines = Files.readAllLines(source(program.name())).size();
        assertTrue(lines <= MOST_LINES, program + " has " + lines + " lines");
    }

    @Test
    void shouldRunEveryProgram() throws IOException {
        final Set<String> run = programs()
                .map(Program::name)
                .filter(name -> source(name).startsWith(SOURCES))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(SOURCES)) {
            final Set<String> programs = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .filter(name -> !name.equals("Tollgate") && !name.equals("package-info"))
                    .collect(Collectors.toSet());
            assertEquals(programs, run);
        }
    }
}
