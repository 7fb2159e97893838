// Package executortest tests that an executor of units keeps run.Executor's
// contract: whatever happens on the way, a run ends with the same bits.
//
//	func TestContract(t *testing.T) {
//		executortest.Run(t, func(f *run.Folder, faults string) run.Executor {
//			return mySite.Executor(f, executortest.Worker(faults))
//		})
//	}
//
// A small population of a model that trains in no time is driven through the
// executor, while units come out of order, are late, come twice, are lost
// half-way, fail and diverge, and while the context ends. What a unit does
// wrong stands as a file in a folder, faults, so that executors which
// run units in other processes can be tested as well: those processes call
// [Execute] with the same folder.
package executortest
