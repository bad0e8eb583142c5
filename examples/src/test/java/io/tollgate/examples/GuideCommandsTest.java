package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide, run on the files of the guide, print its output. */
final class GuideCommandsTest {
    private static final Path PAGE = Path.of("..", "core", "docs", "guide", "commands.md");
    private static final Pattern BLOCK = Pattern.compile("```(csv|sh) ?(\\S*)\n(.*?)```", Pattern.DOTALL);
    private static final String COMMAND = "java -jar examples/target/tollgate.jar ";

    @Test
    void shouldPrintWhatTheGuideShows(@TempDir final Path directory) throws IOException {
        final Matcher block = BLOCK.matcher(Files.readString(PAGE));
        String command = "";
        int outputs = 0;
        while (block.find()) {
            final String text = block.group(3);
            if (block.group(1).equals("sh")) {
                assertTrue(text.startsWith(COMMAND), text);
                command = text.substring(COMMAND.length()).strip();
            } else if (!block.group(2).isEmpty()) {
                Files.writeString(directory.resolve(block.group(2)), text);
            } else {
                assertEquals(text, output(command, directory), command);
                outputs++;
            }
        }
        assertEquals(4, outputs);
    }

    private static String output(final String command, final Path directory) {
        final Object[] arguments = Stream.of(command.split(" "))
                .map(word -> word.endsWith(".csv") ? directory.resolve(word) : word)
                .toArray();
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }
}
