/**
 * The layouts of operations: what producers put on the ring, what the operation log keeps and what replay hands back is
 * one and the same record, so a record is copied and never translated.
 *
 * <p>{@link io.tollgate.core.operation.OperationDescriptor} owns the header and the record types; each flyweight owns
 * the layout of one kind of record. The fields that hold codes (kind, unit, policy, reason ...) are plain numbers here:
 * their meaning belongs to whoever writes and reads them.
 *
 * <p>All multi-byte fields are little-endian; only little-endian hosts are supported. Every field of 8 bytes stands at
 * a multiple of 8 bytes from the start of its record.
 *
 * <p>Internal. Begin reading at {@code OperationDescriptor}.
 */
package io.tollgate.core.operation;
