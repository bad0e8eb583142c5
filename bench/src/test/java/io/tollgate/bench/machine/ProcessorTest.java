package io.tollgate.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    /** Linux lists the model once for each processor. */
    @Test
    void shouldKnowAProcessorByTheNameOfItsModel() {
        assertEquals(
                "AMD EPYC",
                Processor.nameIn(Stream.of(
                        "processor\t: 0", "model\t\t: 1", "model name\t: AMD EPYC", "model name\t: another")));
        assertEquals(System.getProperty("os.arch"), Processor.nameIn(Stream.of("processor\t: 0", "model name\t:")));
        assertFalse(Processor.name().isBlank());
    }
}
