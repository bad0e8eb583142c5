package io.tollgate.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/**
 * Room on the disk for a file that was there before it is written to through a mapping: who has copied it may have left
 * holes where it is zero.
 */
public final class HoleFiller {
    private static final int PIECE_LENGTH = 1 << 18;

    /** Writing from a multiple of it on takes the block of the file system that a position lies in, holes and all. */
    private static final int BLOCK_LENGTH = 1 << 14;

    /** No file system leaves out less than that, or what does not begin at a multiple of it. */
    private static final int SECTOR_LENGTH = 1 << 9;

    private HoleFiller() {}

    /**
     * Writes what stands there already wherever there can be a hole: a process that is stopped meanwhile changes
     * nothing. Nothing is forced.
     *
     * @param file to give its room.
     * @param from the first byte that needs room.
     * @throws IOException if the disk refuses or is full.
     */
    public static void give(final DataFile file, final long from) throws IOException {
        final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_LENGTH);
        try {
            for (long position = from - from % BLOCK_LENGTH; readPiece(file, piece, position); ) {
                final int length = piece.remaining();
                if (hasZeroSector(piece)) {
                    file.writeAll(piece, position);
                }
                position += length;
            }
        } finally {
            BufferUtil.free(piece);
        }
    }

    private static boolean readPiece(final DataFile file, final ByteBuffer piece, final long position)
            throws IOException {
        piece.clear();
        while (piece.hasRemaining() && file.read(piece, position + piece.position()) > 0) {
            // A disk may give less than it was asked for.
        }
        return piece.flip().hasRemaining();
    }

    private static boolean hasZeroSector(final ByteBuffer piece) {
        for (int sector = 0; sector < piece.limit(); sector += SECTOR_LENGTH) {
            if (isZero(piece, sector, Math.min(sector + SECTOR_LENGTH, piece.limit()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(final ByteBuffer piece, final int from, final int to) {
        for (int offset = from; offset < to; offset++) {
            if (piece.get(offset) != 0) {
                return false;
            }
        }
        return true;
    }
}
