/// Hands out the ticks of sweeps with db-scheduler, by the database's clock.
@NullMarked
package dev.imprimatur.persistence.sweep;

import org.jspecify.annotations.NullMarked;
