package io.tollgate.examples.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide shows the messages word for word. To write its page again, run this test with
 * {@code -Dtollgate.messages.write=true}.
 */
final class MessagesTest {
    private static final Path PAGE = Path.of("..", "core", "docs", "guide", "messages.md");
    private static final String INTRODUCTION = """
            # Messages

            `MessagesTest` in `examples` provokes each of these messages and compares it with this page. A message says
            what failed, with the value, and what to do. DIR, PID, TIME, THREAD, CRC and ID stand for values of one run.
            """;

    @Test
    void shouldShowEachMessageWordForWord(@TempDir final Path temporary) throws IOException {
        final MessageTable table = new MessageTable(temporary.toRealPath());
        OfferMessages.addTo(table);
        SeriesMessages.addTo(table);
        ReadingMessages.addTo(table);
        EngineMessages.addTo(table);
        DirectoryMessages.addTo(table, temporary.toRealPath());
        CommandMessages.addTo(table, temporary.toRealPath());
        final String page = INTRODUCTION + table;
        if (Boolean.getBoolean("tollgate.messages.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(List.of(Files.readString(PAGE).split("\n")), List.of(page.split("\n")));
    }
}
