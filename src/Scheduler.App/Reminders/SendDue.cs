using MediatR;
using Scheduler.App.Access;

namespace Scheduler.App.Reminders;

/// <summary>Follows all courses, makes the lists of staff and sends what is due, of all clinics, until nothing is: what the host does all the time, once and by hand.</summary>
[Allowed(Role.Administrator, Everywhere = true)]
public sealed record SendDue : Ask<DueSent>
{
    /// <summary>How many are sent at once: a mail server takes some connections beside each other.</summary>
    private const int Together = 8;

    private const int AtOnce = 500;

    /// <summary>Sends.</summary>
    public sealed class Handler(ReminderParts parts) : IRequestHandler<SendDue, Answer<DueSent>>
    {
        /// <inheritdoc />
        public async Task<Answer<DueSent>> Handle(SendDue request, CancellationToken cancellationToken)
        {
            var followed = await parts.Following.All(cancellationToken);
            _ = await parts.Staff.All(cancellationToken);
            var ends = new Dictionary<Delivered, int>();
            while (await parts.Delivery.Due(AtOnce, Together, cancellationToken) is { Count: > 0 } some)
            {
                foreach (var (end, count) in some)
                {
                    ends[end] = ends.GetValueOrDefault(end) + count;
                }
            }

            return new DueSent(followed.Courses, ends);
        }
    }
}

/// <summary>What was sent.</summary>
/// <param name="Followed">How many courses had changed since their reminders were made.</param>
/// <param name="Ends">How many reminders ended how.</param>
public sealed record DueSent(int Followed, IReadOnlyDictionary<Delivered, int> Ends);
