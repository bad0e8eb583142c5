package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without an error handler, standard error shows the error and its place. */
class DefaultErrorHandlerTest {
    @Test
    void shouldPrintTheStackTraceAndTheCause() {
        final PrintStream before = System.err;
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            TestContext.plain()
                    .errorHandler()
                    .onError(new IllegalStateException("log=damaged", new IllegalArgumentException("crc=1")));
        } finally {
            System.setErr(before);
        }
        final List<String> lines =
                printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("tollgate: java.lang.IllegalStateException: log=damaged", lines.get(0));
        assertTrue(lines.get(1).startsWith("\tat " + DefaultErrorHandlerTest.class.getName()), lines::toString);
        assertTrue(lines.contains("Caused by: java.lang.IllegalArgumentException: crc=1"), lines::toString);
    }
}
