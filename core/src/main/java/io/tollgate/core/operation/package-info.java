/**
 * The layouts of operations. Ring, operation log and replay share one record format, so records are copied without
 * conversion.
 *
 * <p>{@link io.tollgate.core.operation.OperationDescriptor} defines the header and the record types; each flyweight
 * defines the layout of one type. Fields with codes (kind, unit, policy, reason ...) are plain numbers here.
 *
 * <p>All multi-byte fields are little-endian; only little-endian hosts are supported. Every field of 8 bytes is aligned
 * to 8 bytes from the start of its record.
 *
 * <p>Internal. Begin reading at {@code OperationDescriptor}.
 */
package io.tollgate.core.operation;
