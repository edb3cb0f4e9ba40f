using MediatR;
using NodaTime;
using Scheduler.App.Storage;

namespace Scheduler.App.Access;

/// <summary>Makes a link by which an account signs in once. Whoever has it is that account, at all clinics where it has roles; so it takes an administrator of all of them.</summary>
/// <param name="Account">The account.</param>
[Allowed(Role.Administrator, Everywhere = true)]
public sealed record MakeSignInLink(string Account) : Ask<SignInLink>
{
    /// <summary>Makes it.</summary>
    public sealed class Handler(Store store, IClock clock, ISecrets secrets) : IRequestHandler<MakeSignInLink, Answer<SignInLink>>
    {
        /// <inheritdoc />
        public Task<Answer<SignInLink>> Handle(MakeSignInLink request, CancellationToken cancellationToken) => new SignInLinks(store, clock, secrets).Make(request.Account, request.As, cancellationToken);
    }
}
