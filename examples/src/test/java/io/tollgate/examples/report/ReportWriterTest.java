package io.tollgate.examples.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.report.model.Ink;
import io.tollgate.examples.report.paint.Markup;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ReportWriterTest {
    private static final List<String> FILES =
            List.of("charts/magnets.png", "charts/magnets.svg", "charts/rates.png", "charts/rates.svg", "report.html");

    @TempDir
    private Path directory;

    @Test
    void shouldWriteThePageAndEachChartAsImageAndDrawing() throws IOException {
        final Path page = ReportWriter.write(SampleReport.report(), directory.resolve("new/one"));
        assertEquals(directory.resolve("new/one/report.html"), page);
        try (Stream<Path> files = Files.walk(directory.resolve("new/one"))) {
            assertEquals(
                    FILES,
                    files.filter(Files::isRegularFile)
                            .map(file -> directory
                                    .resolve("new/one")
                                    .relativize(file)
                                    .toString())
                            .map(name -> name.replace('\\', '/'))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void shouldWriteTheSameBytesForTheSameReport() throws IOException {
        ReportWriter.write(SampleReport.report(), directory.resolve("one"));
        ReportWriter.write(SampleReport.report("Another title"), directory.resolve("two"));
        ReportWriter.write(SampleReport.report(), directory.resolve("two"));
        for (final String file : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(directory.resolve("one").resolve(file)),
                    Files.readAllBytes(directory.resolve("two").resolve(file)),
                    file);
        }
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"charts/magnets.png", "charts/rates.svg", "report.html"})
    void shouldSayWhichFileHasNoSpaceLeft(final String name) throws IOException {
        Files.createDirectories(directory.resolve("charts"));
        final Path full = Files.createSymbolicLink(directory.resolve(name), Path.of("/dev/full"));
        final IOException e =
                assertThrows(IOException.class, () -> ReportWriter.write(SampleReport.report(), directory));
        assertEquals(full + ": No space left on device", e.getMessage());
        Files.delete(full);
    }

    @Test
    void shouldMakeImagesTwiceTheSizeOfTheDrawingWithTheSameColours() throws IOException {
        ReportWriter.write(SampleReport.report(), directory);
        for (final String chart : List.of("rates", "magnets")) {
            final BufferedImage image =
                    ImageIO.read(directory.resolve("charts/" + chart + ".png").toFile());
            final Element svg = new Markup(Files.readString(directory.resolve("charts/" + chart + ".svg")))
                    .elements("svg")
                    .get(0);
            assertEquals(2 * Markup.number(svg, "width"), image.getWidth());
            assertEquals(Math.ceil(2 * Markup.number(svg, "height")), image.getHeight(), 1);
            assertEquals(Ink.PAPER.rgb(), image.getRGB(0, 0) & 0xFFFFFF);
            final Ink ink = chart.equals("rates") ? Ink.S0 : Ink.S2;
            assertTrue(count(image, ink) > 1000, chart + ": " + count(image, ink));
            assertTrue(count(image, Ink.TEXT) > 500, chart + ": " + count(image, Ink.TEXT));
        }
    }

    @Test
    void shouldNotTouchTheFontsOfThePlatform() throws IOException, InterruptedException {
        final Path log = directory.resolve("classes.log");
        final Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SampleReport.class.getName(),
                        directory.resolve("out").toString())
                .inheritIO()
                .start();
        assertEquals(0, java.waitFor());
        final String loaded = Files.readString(log);
        assertTrue(loaded.contains("sun.java2d.SunGraphics2D"), "the log names what was loaded");
        assertFalse(loaded.contains("sun.font.SunFontManager"), "needs fontconfig, which a bare machine lacks");
        assertTrue(Files.size(directory.resolve("out/charts/rates.png")) > 0);
    }

    private static long count(final BufferedImage image, final Ink ink) {
        return Stream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .flatMapToInt(Arrays::stream)
                .filter(pixel -> (pixel & 0xFFFFFF) == ink.rgb())
                .count();
    }
}
