import Transport
package import Dispatching
package import Wire

/// Asking whether relay and mailbox take us: a log-in at each, and nothing more.
extension SMTPRelayProvider {
    package func examine(sender: EmailAddress) -> AccountExamination {
        var examination = AccountExamination()
        do throws(MailError) {
            try client.greet()
            examination.answers[.sending] = .yes
        } catch {
            examination.answers[.sending] = .failed(self.error(error, of: "the relay"))
        }
        do throws(MailError) {
            _ = try reader.uidValidity()
            examination.answers[.reading] = .yes
        } catch  where error.kind == .refused {
            examination.answers[.place] = .no(
                "the mailbox can't be opened: \(cleaned(error.reason)); check provider.mailbox_url")
        } catch {
            examination.answers[.reading] = .failed(self.error(error, of: "the mailbox"))
        }
        examination.answers[.sender] = .unknown("a relay does not say whom it sends for")
        return examination
    }
}
