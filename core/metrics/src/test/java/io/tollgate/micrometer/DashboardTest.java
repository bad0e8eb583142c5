package io.tollgate.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The dashboard asks for the meters that a scrape has, and for no others. */
class DashboardTest {
    private static final Path DASHBOARD = Path.of("src/main/grafana/tollgate.json");

    @Test
    void shouldAskForEachMeterAndNoOther() throws IOException {
        final Set<String> asked = new TreeSet<>();
        for (final Object panel : (List<?>) dashboard().get("panels")) {
            for (final Object target : (List<?>) ((Map<?, ?>) panel).get("targets")) {
                final String query = (String) ((Map<?, ?>) target).get("expr");
                assertTrue(query.contains("{engine=~\"$engine\""), query);
                asked.addAll(ScrapedNames.of(query));
            }
        }
        assertEquals(ScrapedNames.EXPECTED, asked);
    }

    @Test
    void shouldNumberItsPanels() throws IOException {
        final Set<Object> numbers = new HashSet<>();
        for (final Object panel : (List<?>) dashboard().get("panels")) {
            assertTrue(numbers.add(((Map<?, ?>) panel).get("id")), panel::toString);
        }
    }

    private static Map<String, Object> dashboard() throws IOException {
        return JSON.std.mapFrom(Files.readString(DASHBOARD));
    }
}
