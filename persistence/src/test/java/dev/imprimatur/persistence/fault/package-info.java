/// Failures made to happen on one machine: processes stopped and killed, connections cut and held,
/// clocks that disagree, disks that are full. `docs/faults.md` says which test makes which.
package dev.imprimatur.persistence.fault;
