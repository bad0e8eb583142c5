/**
 * Mapped areas of memory, tables of longs and addresses, and checksums of files.
 *
 * <p>Internal. Begin reading at {@code MappedArea}. The other packages of the store build on this one.
 */
package io.tollgate.core.store.memory;
