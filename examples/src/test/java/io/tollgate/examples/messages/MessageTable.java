package io.tollgate.examples.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Publisher;
import io.tollgate.examples.CommandRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/** Collects messages into a page of tables. Paths, processes, versions and checksums become placeholders. */
final class MessageTable {
    private static final Map<String, String> VOLATILE = Map.of(
            "pid=\\d+ since \\S+( bootId=\\S+)?( startTicks=\\d+)?", "pid=PID since TIME",
            "thread=\\S+ used the reader of owner=[^\\s;]+", "thread=THREAD used the reader of owner=THREAD",
            "call=(\\w+) thread=[^\\s,]+", "call=$1 thread=THREAD",
            "crc32c=[0-9a-f]{8}", "crc32c=CRC",
            "bootId=\\S+", "bootId=ID");

    private final StringBuilder page = new StringBuilder();
    private final Path directory;

    MessageTable(final Path directory) {
        this.directory = directory;
    }

    void section(final String title) {
        page.append("\n## ").append(title).append("\n\n| what happened | type | message |\n|---|---|---|\n");
    }

    /** Adds the message of the exception that a call throws. */
    void thrown(final String situation, final Executable call) {
        final Throwable thrown = assertThrows(Throwable.class, call, situation);
        add(situation, thrown.getClass().getSimpleName(), thrown.getMessage());
    }

    /** Adds the name of the code that a call of a publisher returns. */
    void code(final String situation, final long expected, final long code) {
        assertEquals(expected, code, situation);
        add(situation, "code", Publisher.describe(code));
    }

    /** Adds the lines that a command writes to standard error before its synopsis. */
    void command(final int exitCode, final String line) {
        final Object[] arguments = line.replace("DIR", directory.toString()).split(" ");
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(exitCode, run.exitCode(), line + ": " + run.err());
        final String told = run.err()
                .lines()
                .takeWhile(text -> !text.startsWith("Usage: ") && !text.startsWith("Try "))
                .collect(Collectors.joining("<br>"));
        add("`" + line + "`", "exit " + exitCode, told);
    }

    void add(final String situation, final String type, final String message) {
        String text =
                String.valueOf(message).replace(directory.toString(), "DIR").replace("\n", "<br>");
        for (final Map.Entry<String, String> entry : VOLATILE.entrySet()) {
            text = text.replaceAll(entry.getKey(), entry.getValue());
        }
        page.append("| ")
                .append(situation.replace("|", "\\|"))
                .append(" | ")
                .append(type)
                .append(" | ")
                .append(text.replace("|", "\\|").replace("*", "\\*"))
                .append(" |\n");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
