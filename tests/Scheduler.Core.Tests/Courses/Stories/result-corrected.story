# A corrected score takes the course up again.
protocol: stopped
events:
  poor-effect:
    when: poor
    then: stop the course
story:
plan from 2027-01-04
all is booked
rating[1] and dose[1] and rating[2] take place
effect at rating[2] is 2
effect at rating[2] is 4
plan from 2027-01-11
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-11 09:00 rating[2]
> plan Mon 2027-01-11 09:30 dose[2]
> plan Mon 2027-01-18 09:00 rating[3]
> plan Mon 2027-01-18 09:30 dose[3]
> plan Mon 2027-02-01 09:00 follow-up[1]
> completed: rating[1], rating[2], dose[1]
> poor: false
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 dose[1], stays
> plan Mon 2027-01-11 09:00 rating[2], stays
> plan Mon 2027-01-11 09:30 dose[2]
> plan Mon 2027-01-18 09:00 rating[3]
> plan Mon 2027-01-18 09:30 dose[3]
> plan Mon 2027-02-01 09:00 follow-up[1]
