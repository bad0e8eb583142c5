package io.tollgate.core;

import io.tollgate.core.KeptRegistrations.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a writer has acknowledged.
 *
 * @param operations of each lane.
 * @param lived      operations in series that end.
 * @param endings    of such series.
 * @param turn       of what is registered.
 */
record Acknowledged(long operations, long lived, long endings, Turn turn) {
    static final Acknowledged NOTHING = new Acknowledged(0, 0, 0, Turn.NONE);

    /** What the output of a writer says, up to its last whole line: what comes behind that was cut. */
    static Acknowledged in(final Path output) throws IOException {
        final String text = Files.readString(output, StandardCharsets.US_ASCII);
        final List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        return lines.isEmpty() ? NOTHING : parse(lines.get(lines.size() - 1));
    }

    static Acknowledged parse(final String line) {
        final String[] numbers = line.split(" ");
        return new Acknowledged(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Turn.parse(numbers[3]));
    }

    @Override
    public String toString() {
        return operations + " " + lived + " " + endings + " " + turn;
    }

    /** What a later writer says, if it came to say anything; it fails where it finds less when it begins. */
    Acknowledged or(final Acknowledged later) {
        return later == NOTHING ? this : later;
    }

    /** What is left of it for sure while its writer goes on. */
    Acknowledged goingOn() {
        return new Acknowledged(operations, lived, endings, turn.changing());
    }
}
