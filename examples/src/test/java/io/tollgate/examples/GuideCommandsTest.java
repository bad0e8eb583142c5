package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of the guide, run on the files of the guide, print its output. */
final class GuideCommandsTest {
    private static final Path GUIDE = Path.of("..", "core", "docs", "guide");
    /** A block names a file that a command reads, or after = one that a command has written. */
    private static final Pattern BLOCK = Pattern.compile("```(csv|sh) ?(= )?(\\S*)\n(.*?)```", Pattern.DOTALL);

    /** A word, or text in double quotes. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    /** The data directories of the guide. */
    private static final Set<String> DIRECTORIES = Set.of("data", "copy");

    private static final String COMMAND = "java -jar examples/target/tollgate.jar ";

    @ParameterizedTest
    @CsvSource({"commands.md, 4", "data.md, 3"})
    void shouldPrintWhatTheGuideShows(final String page, final int expected, @TempDir final Path directory)
            throws IOException {
        final Matcher block = BLOCK.matcher(Files.readString(GUIDE.resolve(page)));
        String command = "";
        String printed = "";
        int outputs = 0;
        while (block.find()) {
            final String text = block.group(4);
            if (block.group(1).equals("sh")) {
                assertTrue(text.startsWith(COMMAND), text);
                command = text.substring(COMMAND.length()).strip();
                printed = output(command, directory);
            } else if (block.group(2) != null) {
                assertEquals(text, Files.readString(directory.resolve(block.group(3))), command);
                outputs++;
            } else if (!block.group(3).isEmpty()) {
                Files.writeString(directory.resolve(block.group(3)), text);
            } else {
                assertEquals(text, printed, command);
                outputs++;
            }
        }
        assertEquals(expected, outputs);
    }

    private static String output(final String command, final Path directory) {
        final Object[] arguments = WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .map(word -> word.endsWith(".csv") || DIRECTORIES.contains(word) ? directory.resolve(word) : word)
                .toArray();
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }
}
