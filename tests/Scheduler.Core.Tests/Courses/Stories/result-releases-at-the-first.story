# Harm at the first rating releases all doses; the follow-up has nothing left to count from, and the rating stays without its dose.
protocol: stopped
events:
  harm-seen:
    when: harmed
    then: release the rest
    of: dose and rating
story:
plan from 2027-01-04
all is booked
rating[1] takes place
harm at rating[1] is yes
plan from 2027-01-05
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-11 09:00 rating[2]
> plan Mon 2027-01-11 09:30 dose[2]
> plan Mon 2027-01-18 09:00 rating[3]
> plan Mon 2027-01-18 09:30 dose[3]
> plan Mon 2027-02-01 09:00 follow-up[1]
> booked: follow-up[1]
> completed: rating[1]
> released: rating[2], rating[3], dose[1], dose[2], dose[3]
> harmed: true
> P-1:1:1: warning CO009: follow-up[1] counts from the end of dose[3], which does not take place, and 'later' names nothing else to count from; so the course goes without follow-up[1].
> left out: rating[2], rating[3], dose[1], dose[2], dose[3], follow-up[1]
> plan Mon 2027-01-04 09:00 rating[1], stays
