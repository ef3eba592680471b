/// Locks over processes: session advisory locks and lease rows on PostgreSQL, lease rows on H2.
@NullMarked
package dev.imprimatur.persistence.lease;

import org.jspecify.annotations.NullMarked;
