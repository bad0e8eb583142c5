package io.tollgate.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands where a map of a chain is to be made, so that the disk refuses it. */
public final class MapObstacle {
    private final Path unfinishedFile;
    private final Path content;

    /**
     * An obstacle that is not there yet.
     *
     * @param directory of the store
     * @param name of the chain
     * @param index of the map
     */
    public MapObstacle(final Path directory, final String name, final int index) {
        unfinishedFile = directory.resolve(name + '-' + index + ".map.new");
        content = unfinishedFile.resolve("content");
    }

    /** From now on the map cannot be made: a directory with something in it has its name. */
    public void place() throws IOException {
        Files.createDirectories(content);
    }

    /** From now on it can. */
    public void remove() throws IOException {
        Files.delete(content);
        Files.delete(unfinishedFile);
    }
}
