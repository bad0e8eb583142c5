package io.tollgate.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Answers that are written by hand, in files of lines among the resources. */
final class WrittenAnswers {
    private WrittenAnswers() {}

    /** The lines of a file that begin with a word, without it. */
    static Stream<String> of(final String name, final String word) throws IOException {
        try (InputStream in = WrittenAnswers.class.getResourceAsStream("/answers/" + name + ".csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(word + ';'))
                    .map(line -> line.substring(word.length() + 1));
        }
    }
}
