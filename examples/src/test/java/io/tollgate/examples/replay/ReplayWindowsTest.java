package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of window and every way to choose the instants, on four simple levels. */
class ReplayWindowsTest {
    private static final String LEVELS = "series,time,value\n"
            + "a,2025-01-01T00:00Z,10\n"
            + "a,2025-01-31T12:00Z,20\n"
            + "a,2025-02-01T00:00Z,40\n"
            + "a,2025-02-03T00:00Z,80\n";

    @TempDir
    private Path directory;

    @Test
    void shouldReadCalendarPeriodsToDateInTheirZone() throws IOException {
        assertEquals(
                List.of(
                        "a,2025-02-02T00:00:00Z,month:UTC,mean,40,OK",
                        "a,2025-02-02T00:00:00Z,quarter:America/New_York,first,10,OK",
                        "a,2025-02-02T00:00:00Z,month:Asia/Shanghai,mean,35,OK"),
                read(
                        "STEP",
                        "month:UTC,quarter:America/New_York,month:Asia/Shanghai",
                        "mean,first",
                        "--at=2025-02-02T00:00Z",
                        "month:UTC,mean",
                        "quarter:America/New_York,first",
                        "month:Asia/Shanghai,mean"));
    }

    @Test
    void shouldReadTheLastPointsAndSinceAnInstant() throws IOException {
        assertEquals(
                List.of(
                        "a,2025-02-04T00:00:00Z,last:2,mean,53.333333333333336,OK",
                        "a,2025-02-04T00:00:00Z,last:9,count,4,OK",
                        "a,2025-02-04T00:00:00Z,last:9,range,70,PARTIAL",
                        "a,2025-02-04T00:00:00Z,since:2025-01-31T12:00Z,count,3,OK"),
                read(
                        "STEP",
                        "last:2,last:9,since:2025-01-31T12:00Z",
                        "mean,count,range",
                        "--at=2025-02-04T00:00Z",
                        "last:2,mean",
                        "last:9,count",
                        "last:9,range",
                        "since:2025-01-31T12:00Z,count"));
    }

    /**
     * The five days before 2025-02-04: 1.5 days at 10, half a day at 20, 2 days at 40, and 1 day at 80 from 2025-02-03
     * on.
     */
    @Test
    void shouldReadRatesQuantilesAndScoresOfALevel() throws IOException {
        assertEquals(
                List.of(
                        "a,2025-02-04T00:00:00Z,5d,rate,14,OK",
                        "a,2025-02-04T00:00:00Z,5d,median,40,OK",
                        "a,2025-02-04T00:00:00Z,5d,p01,10,OK",
                        "a,2025-02-04T00:00:00Z,5d,p50,40,OK",
                        "a,2025-02-04T00:00:00Z,5d,p80,40,OK",
                        "a,2025-02-04T00:00:00Z,5d,p81,80,OK"),
                read(
                        "STEP",
                        "5d",
                        "rate,median,p01,p50,p80,p81",
                        "--at=2025-02-04T00:00Z",
                        "5d,rate",
                        "5d,median",
                        "5d,p01",
                        "5d,p50",
                        "5d,p80",
                        "5d,p81"));
    }

    /** Four events of 10, 20, 40 and 80. Before the last one the mean is 70 / 3 and the variance 700 / 3. */
    @Test
    void shouldReadRatesQuantilesAndScoresOfEvents() throws IOException {
        assertEquals(
                List.of(
                        "a,2025-02-05T00:00:00Z,50d,rate,3,PARTIAL",
                        "a,2025-02-05T00:00:00Z,50d,median,30,PARTIAL",
                        "a,2025-02-05T00:00:00Z,50d,p90,68,PARTIAL",
                        "a,2025-02-05T00:00:00Z,50d,zscore,3.7097041340118704,PARTIAL",
                        "a,2025-02-05T00:00:00Z,50d,sd-population,26.80951323690902,PARTIAL"),
                read(
                        "FLOW",
                        "50d",
                        "rate,median,p90,zscore,sd-population",
                        "--at=2025-02-05T00:00Z",
                        "50d,rate",
                        "50d,median",
                        "50d,p90",
                        "50d,zscore",
                        "50d,sd-population"));
    }

    /** The two days before 2025-02-04: one at 40 and one at 80. */
    @Test
    void shouldReadAveragesAndRatesThatFade() throws IOException {
        assertEquals(
                List.of(
                        "a,2025-02-04T00:00:00Z,2d,ewma:1d,60,OK",
                        "a,2025-02-04T00:00:00Z,2d,ewma:24h,60,OK",
                        "a,2025-02-04T00:00:00Z,2d,ewma:12h,70,OK"),
                read(
                        "STEP",
                        "2d",
                        "ewma:1d,ewma:24h,ewma:12h",
                        "--at=2025-02-04T00:00Z",
                        "2d,ewma:1d",
                        "2d,ewma:24h",
                        "2d,ewma:12h"));
        // One event of 80 a half-life ago: 80 / 2 times ln 2 over the half-life.
        assertEquals(
                List.of(
                        "a,2025-02-04T00:00:00Z,1m,ewma:1d,0,OK",
                        "a,2025-02-04T00:00:00Z,2d,ewma:1d,27.725887222397812,OK"),
                read("FLOW", "1m,2d", "ewma:1d", "--at=2025-02-04T00:00Z", "1m,ewma:1d", "2d,ewma:1d"));
    }

    @Test
    void shouldCloseWindowsAsAsked() throws IOException {
        for (final String expected : List.of("right,1", "left,1", "both,2", "neither,0")) {
            final String[] sideAndCount = expected.split(",");
            assertEquals(
                    List.of("a,2025-02-03T00:00:00Z,2d,count," + sideAndCount[1] + ",OK"),
                    read("FLOW", "2d", "count", "--at=2025-02-03T00:00Z", "--closed=" + sideAndCount[0], "2d,count"));
        }
    }

    /** 2025-01-02 is day 20,090 since 1970-01-01. */
    @Test
    void shouldReadEveryMultipleOfADurationByTheClockOfAZone() throws IOException {
        assertEquals(
                List.of(
                        "a,2025-01-02T05:00:00Z,1d,last,10,OK",
                        "a,2025-01-12T05:00:00Z,1d,last,10,OK",
                        "a,2025-01-22T05:00:00Z,1d,last,10,OK",
                        "a,2025-02-01T05:00:00Z,1d,last,40,OK"),
                read("STEP", "1d", "last", "--every=10d", "--zone=America/New_York", "1d,last"));
        assertEquals(
                List.of("a,2025-01-01T00:00:00Z,1d,last,10,PARTIAL", "a,2025-02-02T00:00:00Z,1d,last,40,OK"),
                List.of(
                        read("STEP", "1d", "last", "--every=1d", "1d,last").get(0),
                        read("STEP", "1d", "last", "--every=1d", "1d,last").get(32)));
    }

    /** The lines of the output that contain one of the given pairs of window and metric. */
    private List<String> read(
            final String kind, final String windows, final String metrics, final String... optionsThenPairs)
            throws IOException {
        final Path in = directory.resolve("levels.csv");
        Files.writeString(in, LEVELS);
        final List<String> options = List.of(optionsThenPairs).stream()
                .filter(text -> text.startsWith("--"))
                .toList();
        final List<String> pairs = List.of(optionsThenPairs).stream()
                .filter(text -> !text.startsWith("--"))
                .toList();
        final CommandRun run = ReplayRun.of(in, kind, windows, metrics, options.toArray());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("series,time,window,metric,value,status\n"), run.out());
        return run.out()
                .lines()
                .filter(line -> pairs.stream().anyMatch(pair -> line.contains("," + pair + ",")))
                .toList();
    }
}
