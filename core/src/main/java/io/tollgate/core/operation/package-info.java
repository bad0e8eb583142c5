/**
 * The layouts of operations. Ring, operation log and replay share one record format, so a record is copied and never
 * translated.
 *
 * <p>{@link io.tollgate.core.operation.OperationDescriptor} owns the header and the record types; each flyweight owns
 * the layout of one type. Fields with codes (kind, unit, policy, reason ...) are plain numbers here; their users know
 * the meaning.
 *
 * <p>All multi-byte fields are little-endian; only little-endian hosts are supported. Every field of 8 bytes is aligned
 * to 8 bytes from the start of its record.
 *
 * <p>Internal. Begin reading at {@code OperationDescriptor}.
 */
package io.tollgate.core.operation;
