package io.tollgate.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An obstacle in place of a map of a chain, so that the disk refuses the map. */
public final class MapObstacle {
    private final Path unfinishedFile;
    private final Path content;

    /**
     * Prepares an obstacle without placing it.
     *
     * @param directory directory of the store
     * @param name name of the chain
     * @param index index of the map
     */
    public MapObstacle(final Path directory, final String name, final int index) {
        unfinishedFile = directory.resolve(name + '-' + index + ".map.new");
        content = unfinishedFile.resolve("content");
    }

    /** Places a non-empty directory with the name of the map, so that the map cannot be made. */
    public void place() throws IOException {
        Files.createDirectories(content);
    }

    /** Removes the obstacle. */
    public void remove() throws IOException {
        Files.delete(content);
        Files.delete(unfinishedFile);
    }
}
