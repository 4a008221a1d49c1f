/// An error that knows how a program is to end with it, and says so in one line.
package protocol ExitCoded: Error, CustomStringConvertible {
    var exit: BudstikkeExit { get }
}
