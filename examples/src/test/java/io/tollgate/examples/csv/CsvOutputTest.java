package io.tollgate.examples.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvOutputTest {
    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingAfterHalfACharacter() throws IOException {
        final Path file = directory.resolve("output.csv");
        Files.writeString(file, "what stood there before");
        try (CsvWriter output = CsvOutput.create(file)) {
            output.writeRecord("a\uD83D", "b");
            output.writeRecord("\uDE00c", Character.toString(0x1F600));
        }
        assertEquals("a?,b\n?c," + Character.toString(0x1F600) + "\n", Files.readString(file));
    }
}
